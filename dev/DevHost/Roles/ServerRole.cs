using System.Globalization;
using Evercard.Authority;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.Clock;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Evercard.DevHost.Roles;

/// <summary>A server node alone in its process, with the sample world.</summary>
/// <param name="Data">Folder of its database and keys.</param>
/// <param name="Address">Where it listens and what agents are pinned to.</param>
/// <param name="RenewalWindowDays">Null: the usual window.</param>
/// <param name="Commands">Takes commands from standard input: see <see cref="Help"/>.</param>
/// <param name="NowOffset">How far its present is ahead of the system's clock.</param>
public sealed record ServerRole(string Data, string Address, int? RenewalWindowDays, bool Commands, TimeSpan NowOffset = default)
{
    /// <summary>
    /// Names the database of this role in place of a file. Not the service's own setting: sample people must not come into a database that somebody works with.
    /// </summary>
    public const string DatabaseSetting = "EVERCARD_SAMPLE_DATABASE";

    private const string Help =
        "Commands: issue FILE DAYS, sample NAME FILE [SPEED], clock +SECONDS|-SECONDS|now, ca off|on, approve, judge (what was left behind), audit COUNT, people COUNT, memory, end.";

    public async Task<int> Run(CancellationToken cancellation)
    {
        using var folder = DataFolder.Lasting(Data);
        var lifecycle = new LifecycleOptions();
        lifecycle = RenewalWindowDays is { } days ? lifecycle with { RenewalWindowDays = days } : lifecycle;
        await using var node = await SampleNode.Start(
            new SampleNodeOptions
            {
                Folder = folder, Address = Address, Lifecycle = lifecycle, Time = new ShiftedTime(NowOffset), Database = Environment.GetEnvironmentVariable(DatabaseSetting),
            },
            cancellation);
        await Console.Out.WriteLineAsync($"Listening on {Address}");
        await (Commands ? LineCommands.Serve(words => Do(words, node, cancellation), cancellation) : LineCommands.WaitForEnd(cancellation));
        return 0;
    }

    private static async Task<string> Do(string[] words, SampleNode node, CancellationToken cancellation)
    {
        switch (words)
        {
            case ["issue", var file, var days]:
                await SampleCardFile.Make(file, SampleWard.Wren, PivAlgorithm.P256, CardSpeed.Instant, Number(days), node.Ward, cancellation);
                return file;
            case ["sample", var name, var file, .. var speed]:
                var wanted = Wallet.Named(name);
                wanted = speed is [var asked] ? wanted with { Speed = Enum.Parse<CardSpeed>(asked, ignoreCase: true) } : wanted;
                using (var card = await node.Make(wanted, cancellation))
                {
                    SampleCardMaker.Store(card, file);
                }

                return file;
            case ["clock", "now"]:
                node.Clock.BackToNow();
                return $"{node.Clock.GetUtcNow():O}";
            case ["clock", var by]:
                node.Clock.MoveBy(TimeSpan.FromSeconds(Number(by)));
                return $"{node.Clock.GetUtcNow():O}";
            case ["ca", ("off" or "on") and var state]:
                node.Authority.IsOff = state == "off";
                return state;
            case ["approve"]:
                await node.ApproveAll(cancellation);
                return "";
            case ["judge"]:
                return $"{await Judgement.Of(node.Database, node.App.Services.GetRequiredService<CertificateAuthority>(), cancellation)}";
            case ["audit", var count]:
                return await Audit(node, Number(count), cancellation);
            case ["people", var count]:
                return await new ManyPeople(node.Database, node.Clock).Add(Number(count), cancellation);
            case ["memory"]:
                return MemoryInUse.Now().ToString();
            default:
                throw new ArgumentException(Help, nameof(words));
        }
    }

    private static async Task<string> Audit(SampleNode node, int count, CancellationToken cancellation)
    {
        var kinds = await node.Database.Read(
            r => r.Registry.AuditEvents.OrderByDescending(e => e.Sequence).Take(count).Select(e => e.Kind).ToListAsync(cancellation), cancellation);
        kinds.Reverse();
        return string.Join(' ', kinds);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
