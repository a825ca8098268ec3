using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Evercard.Agent;
using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;

namespace Evercard.DevHost.Renew;

/// <summary>Finds a card that is due in the computer's readers; otherwise plugs a fresh sample card into an empty virtual reader.</summary>
internal sealed partial class RealReaders(RenewOptions options, IReaders readers, RunningNode running, DataFolder folder, RenewReport report)
{
    private static readonly TimeSpan PlugWithin = TimeSpan.FromSeconds(15);

    /// <returns>Null where there is none; the report says why.</returns>
    public async Task<FoundCard?> Find(CancellationToken cancellation)
    {
        IReadOnlyList<ReaderStatus> all;
        try
        {
            all = readers.List();
        }
        catch (CardConnectionException)
        {
            all = [];
        }

        var wanted = all.Where(r => options.Reader is null || r.Name.Contains(options.Reader, StringComparison.OrdinalIgnoreCase)).ToList();
        if (wanted.Count == 0)
        {
            report.Refused(AgentRefusals.ReaderNone with { NextStep = "Plug a reader in, or start virtual ones: dev/readers start." });
            return null;
        }

        Refused? refused = null;
        foreach (var reader in wanted.Where(r => r.CardPresent))
        {
            switch (await running.Agent.Greet(reader.Name, cancellation))
            {
                case AgentOutcome<CardGreeting>.Done { Message: { State: CardStanding.RenewalDue or CardStanding.RenewalUnfinished } due } found:
                    return new FoundCard(reader.Name, due, found.Insertion, IsSample(due));
                case AgentOutcome<CardGreeting>.Done { Message: var other } picked when options.Reader is not null:
                    // Picked by hand: the policy says why not.
                    return new FoundCard(reader.Name, other, picked.Insertion, IsSample(other));
                case AgentOutcome<CardGreeting>.Done { Message: var other }:
                    report.Say($"  {reader.Name}: {other.HolderName}, {other.State}, not due");
                    break;
                case AgentOutcome<CardGreeting>.Refused no:
                    report.Say($"  {reader.Name}: {no.Message.Title}");
                    refused = no.Message;
                    break;
            }
        }

        if (refused is not null && options.Reader is not null)
        {
            report.Refused(refused);
            return null;
        }

        return await PlugSample(wanted, cancellation);
    }

    private async Task<FoundCard?> PlugSample(IReadOnlyList<ReaderStatus> wanted, CancellationToken cancellation)
    {
        var empty = VirtualReaders(await Dev("readers", ["status"], cancellation)).FirstOrDefault(r => r.Empty && wanted.Any(w => w.Name == r.Name));
        if (empty == default)
        {
            report.Refused(AgentRefusals.ReaderNone with
            {
                Title = "No reader holds a card that is due, and no virtual reader is empty.", NextStep = "Put a card in, or start virtual readers: dev/readers start.",
            });
            return null;
        }

        var file = Path.Combine(folder.Cards, $"wren-holloway-{Guid.NewGuid().ToString("N")[..8]}.json");
        await SampleCardFile.Make(file, SampleWard.Wren, options.Algorithm, options.Timing, 30, running.Samples, cancellation);
        await Dev("card", ["--background", file, empty.Port.ToString(CultureInfo.InvariantCulture)], cancellation);
        var waited = TimeProvider.System.GetTimestamp();
        var known = readers.List();
        while (known.All(r => r.Name != empty.Name || !r.CardPresent))
        {
            if (TimeProvider.System.GetElapsedTime(waited) > PlugWithin)
            {
                throw new IOException($"The sample card did not appear in {empty.Name}.");
            }

            known = readers.WaitForChange(known, TimeSpan.FromSeconds(1), cancellation);
        }

        report.Say($"  No card is due: a fresh sample card is now in {empty.Name}, and stays there");
        return await running.Agent.Greet(empty.Name, cancellation) is AgentOutcome<CardGreeting>.Done greeted
            ? new FoundCard(empty.Name, greeted.Message, greeted.Insertion, IsSample: true)
            : throw new IOException($"The sample card in {empty.Name} was not greeted.");
    }

    /// <summary>Lines of `dev/readers status`: "Virtual PCD 00 00  port 35963  empty".</summary>
    private static IEnumerable<(string Name, int Port, bool Empty)> VirtualReaders(string status) =>
        StatusLine().Matches(status).Select(m => (
            m.Groups["name"].Value.Trim(), int.Parse(m.Groups["port"].ValueSpan, CultureInfo.InvariantCulture), m.Groups["state"].Value == "empty"));

    [GeneratedRegex(@"^(?<name>.+?)\s+port (?<port>\d+)\s+(?<state>card|empty)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex StatusLine();

    private static bool IsSample(CardGreeting greeting) => SampleWard.IsSampleCard(greeting.SmartcardSerial);

    private static async Task<string> Dev(string script, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(RepositoryRoot(), "dev", script), arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        }) ?? throw new IOException($"dev/{script} did not start.");
        var told = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return told;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Evercard.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new IOException("This is a development program: it runs inside the repository.");
    }
}
