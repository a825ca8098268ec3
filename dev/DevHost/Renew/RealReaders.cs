using Evercard.Agent;
using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;

namespace Evercard.DevHost.Renew;

/// <summary>Finds a card that is due in the computer's readers; otherwise plugs a fresh sample card into an empty virtual reader.</summary>
internal sealed class RealReaders(RenewOptions options, IReaders readers, RunningNode running, DataFolder folder, RenewReport report)
{
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
        var empty = (await VirtualReaders.Empty(cancellation)).FirstOrDefault(r => wanted.Any(w => w.Name == r.Name));
        if (empty is null)
        {
            report.Refused(AgentRefusals.ReaderNone with
            {
                Title = "No reader holds a card that is due, and no virtual reader is empty.", NextStep = "Put a card in, or start virtual readers: dev/readers start.",
            });
            return null;
        }

        var file = Path.Combine(folder.Cards, $"wren-holloway-{Guid.NewGuid().ToString("N")[..8]}.json");
        await SampleCardFile.Make(file, SampleWard.Wren, options.Algorithm, options.Timing, 30, running.Samples, cancellation);
        await VirtualReaders.Plug(file, empty, readers, cancellation);
        report.Say($"  No card is due: a fresh sample card is now in {empty.Name}, and stays there");
        return await running.Agent.Greet(empty.Name, cancellation) is AgentOutcome<CardGreeting>.Done greeted
            ? new FoundCard(empty.Name, greeted.Message, greeted.Insertion, IsSample: true)
            : throw new IOException($"The sample card in {empty.Name} was not greeted.");
    }

    private static bool IsSample(CardGreeting greeting) => SampleWard.IsSampleCard(greeting.SmartcardSerial);
}
