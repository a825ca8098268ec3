using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.CardSimulator;
using Evercard.DevHost;
using Evercard.DevHost.Roles;
using Evercard.Interop.Support;

namespace Evercard.Interop.Kill;

/// <summary>
/// A server, two computers with a card each, and the smartcard service, all processes of their own. Whatever is killed comes back at once, as a service
/// manager would see to it; the cards go on renewing, and change computers now and then.
/// </summary>
internal sealed class KillBench : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NothingBeginsWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReaderHangsAfter = TimeSpan.FromSeconds(4);
    private readonly string folder = Directory.CreateTempSubdirectory("evercard-kill-").FullName;
    private readonly ConcurrentQueue<string> told = new();
    private readonly Random chance;
    private readonly VirtualReaders readers;
    private readonly KilledDatabase? database;
    private readonly Victim server;
    private readonly Place[] places;
    private readonly string address;
    private TaskCompletionSource listening = new();
    private TaskCompletionSource begins = NewSource();
    private TaskCompletionSource<string> answer = new();

    private KillBench(VirtualReaders readers, KilledDatabase? database, Random chance)
    {
        (this.readers, this.database, this.chance) = (readers, database, chance);
        address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        IReadOnlyDictionary<string, string> where = database is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [ServerRole.DatabaseSetting] = database.ConnectionString };
        server = new Victim(["server", "--data", Path.Combine(folder, "server"), "--address", address, "--window", "100000", "--commands"], where, Heard);
        places = [.. readers.All.Skip(2).Select((reader, i) => new Place(reader, Agent($"WARD4-PC{i + 1}", reader, once: false, place: i)))];
    }

    /// <summary>By victim: how many, and how many of them while a card was being renewed.</summary>
    public SortedDictionary<string, (int Kills, int Inside)> Kills { get; } = new(StringComparer.Ordinal);

    public int Renewed { get; private set; }

    public int Dead { get; private set; }

    public string Log => string.Join('\n', told.TakeLast(200));

    public static async Task<KillBench> Start(VirtualReaders readers, KilledDatabase? database, Random chance)
    {
        var bench = new KillBench(readers, database, chance);
        await bench.StartServer();
        foreach (var (place, i) in bench.places.Select((place, i) => (place, i)))
        {
            var file = Path.Combine(bench.folder, $"card{i}.json");
            (await bench.Ask($"issue {file} 30")).ShouldStartWith("ok");
            var card = SimulatedCard.Open(file);
            card.RunAt(CardSpeed.Jcop4);
            place.Card = card;
        }

        await bench.PlugIn();
        foreach (var place in bench.places)
        {
            _ = place.Agent.Start();
        }

        return bench;
    }

    /// <summary>Kills something at an instant chosen by chance, again and again.</summary>
    public async Task Run(TimeSpan howLong)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < howLong)
        {
            await UntilSomethingIsUnderWay();
            // Not a wait for anything: the instant is what chance decides.
            await Task.Delay(chance.Next(300));
            await KillOne();
        }
    }

    /// <summary>Everything runs again: each card is finished by its cardholder, at the other computer.</summary>
    /// <returns>What the server finds in its database.</returns>
    public async Task<string> Finish()
    {
        foreach (var place in places)
        {
            await place.Agent.Kill();
        }

        (places[0].Card, places[1].Card) = (places[1].Card, places[0].Card);
        await PlugOut();
        await PlugIn();
        foreach (var (place, i) in places.Select((place, i) => (place, i)))
        {
            await using var last = Agent($"WARD4-PC{i + 1}", place.Reader, once: true, place: i);
            _ = last.Start();
            try
            {
                Dead += await last.Ended(TimeSpan.FromSeconds(60)) == 0 && KeysFitCertificates(place.Card!) ? 0 : 1;
            }
            catch (TimeoutException)
            {
                Dead++;
            }
        }

        return await Ask("judge");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var place in places)
        {
            await place.Agent.DisposeAsync();
        }

        await PlugOut();
        await server.DisposeAsync();
        foreach (var place in places)
        {
            place.Card?.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Both keys of the card, against both certificates on it.</summary>
    private static bool KeysFitCertificates(SimulatedCard card) =>
        new[] { KeyReference.Signature, KeyReference.Authentication }.All(key =>
            card.Image.Read(DataObject.CertificateOf(key)) is { } contents && CertificateObject.TryDecode(contents, out var certificate)
            && System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(certificate!) is { } read
            && card.Image.Key(key) is { } its && read.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(its.SubjectPublicKeyInfo()));

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Victim Agent(string computer, VirtualReader reader, bool once, int place) => new(
        ["renewing", "--data", Path.Combine(folder, computer), "--server", address, "--reader", reader.Name, "--computer-name", computer, .. once ? ["--once"] : Array.Empty<string>()],
        new Dictionary<string, string>(),
        line =>
        {
            told.Enqueue($"{computer}: {line}");
            if (places?[place] is { } its)
            {
                its.IsUnderWay = line == "asked" || line.StartsWith("step ", StringComparison.Ordinal);
                if (its.IsUnderWay)
                {
                    Interlocked.Exchange(ref begins, NewSource()).TrySetResult();
                }
            }

            Renewed += line == "renewed" ? 1 : 0;
        });

    private void Heard(string line)
    {
        told.Enqueue($"server: {line}");
        if (line.StartsWith("Listening", StringComparison.Ordinal))
        {
            listening.TrySetResult();
        }
        else if (line.StartsWith("ok", StringComparison.Ordinal) || line.StartsWith("failed", StringComparison.Ordinal))
        {
            answer.TrySetResult(line);
        }
    }

    private async Task StartServer()
    {
        listening = NewSource();
        await UntilItListens().WaitAsync(StartsWithin);
    }

    private async Task UntilItListens()
    {
        Task gone;
        do
        {
            // It ends where its database is not there yet, and is begun again.
            await server.Kill();
            await (database?.Revive() ?? Task.CompletedTask);
            gone = server.Start();
        }
        while (await Task.WhenAny(listening.Task, gone) == gone);
    }

    private async Task<string> Ask(string command)
    {
        answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await server.Say(command);
        return await answer.Task.WaitAsync(StartsWithin);
    }

    private async Task UntilSomethingIsUnderWay()
    {
        var begun = begins.Task;
        if (!places.Any(place => place.IsUnderWay))
        {
            try
            {
                await begun.WaitAsync(NothingBeginsWithin);
            }
            catch (TimeoutException)
            {
                // The last kill left nobody able to begin: the next one goes on from there.
            }
        }
    }

    private async Task KillOne()
    {
        var isInside = places.Any(place => place.IsUnderWay);
        switch (chance.Next(100))
        {
            case < 74:
                var busy = places.Where(place => place.IsUnderWay).DefaultIfEmpty(places[0]).ToList();
                Place[] struck = chance.Next(4) == 0 ? places : [busy[chance.Next(busy.Count)]];
                foreach (var place in struck)
                {
                    isInside = place.IsUnderWay;
                    await place.Agent.Kill();
                    place.IsUnderWay = false;
                    Count("agent", isInside);
                }

                if (chance.Next(4) == 0)
                {
                    // Its cardholder goes to the other computer, and the other one comes here.
                    (places[0].Card, places[1].Card) = (places[1].Card, places[0].Card);
                    await PlugOut();
                    await PlugIn();
                }

                foreach (var place in struck)
                {
                    _ = place.Agent.Start();
                }

                break;
            case < 82:
                await VirtualReaders.Kill();
                Count("pcscd", isInside);
                break;
            case < 92 when database is not null:
                Count(await database.Kill(chance), isInside);
                break;
            default:
                await server.Kill();
                Count("server", isInside);
                await StartServer();
                break;
        }
    }

    private void Count(string victim, bool isInside)
    {
        told.Enqueue(string.Create(CultureInfo.InvariantCulture, $"-- killed: {victim}{(isInside ? ", inside" : "")}"));
        var (kills, inside) = Kills.GetValueOrDefault(victim);
        Kills[victim] = (kills + 1, inside + (isInside ? 1 : 0));
    }

    private async Task PlugIn()
    {
        foreach (var place in places)
        {
            place.Plugged = PluggedCard.Begin(readers, place.Reader, place.Card!);
            await Settle(place, isIn: true);
        }
    }

    /// <summary>
    /// A virtual reader whose card was taken from under a killed agent's command may hang, as real ones do; people then pull the reader out and plug it in again.
    /// </summary>
    private async Task Settle(Place place, bool isIn)
    {
        try
        {
            await readers.Until(place.Reader.Name, one => one.CardPresent == isIn, ReaderHangsAfter);
        }
        catch (TimeoutException)
        {
            told.Enqueue($"-- {place.Reader.Name} hangs");
            await VirtualReaders.Kill();
            await readers.Until(place.Reader.Name, one => one.CardPresent == isIn);
        }
    }

    private async Task PlugOut()
    {
        foreach (var place in places)
        {
            if (place.Plugged is { } plugged)
            {
                place.Plugged = null;
                await plugged.End();
                await Settle(place, isIn: false);
            }
        }
    }

    /// <summary>A computer: one reader, one agent, and the card that is there now.</summary>
    private sealed class Place(VirtualReader reader, Victim agent)
    {
        public VirtualReader Reader => reader;

        public Victim Agent => agent;

        public SimulatedCard? Card { get; set; }

        public PluggedCard? Plugged { get; set; }

        public volatile bool IsUnderWay;
    }
}
