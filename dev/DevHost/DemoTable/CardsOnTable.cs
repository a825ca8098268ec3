using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.DevHost.DemoTable;

/// <summary>A card of the wallet as it lies on the table.</summary>
/// <param name="Card">Which.</param>
/// <param name="State">In words, with the days left.</param>
/// <param name="NotAfter">Expiry of its certificates; null where there is none.</param>
/// <param name="Reader">The reader that it is in; null: in the wallet.</param>
/// <param name="NeedsOperator">It shows nothing without an ID Checker.</param>
public sealed record CardOnTable(SampleCard Card, string State, DateTimeOffset? NotAfter, string? Reader, bool NeedsOperator);

/// <summary>The sample cards, made when they are first asked for.</summary>
public sealed class CardsOnTable(SampleNode node, SimulatedReaders readers, LifecycleOptions options) : IDisposable
{
    private readonly SemaphoreSlim making = new(1, 1);
    private readonly Dictionary<string, SimulatedCard> made = new(StringComparer.Ordinal);
    private readonly Lock reading = new();

    /// <summary>As slow as it is: instant, a card of today, or an old one.</summary>
    public CardSpeed? Speed { get; private set; }

    /// <summary>Makes all of them, one after another; those asked for meanwhile come first.</summary>
    public async Task MakeAll(CancellationToken cancellation)
    {
        foreach (var card in Wallet.All)
        {
            await Get(card, cancellation);
        }
    }

    public async Task<SimulatedCard> Get(SampleCard card, CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation);
        try
        {
            if (Find(card) is { } ready)
            {
                return ready;
            }

            var fresh = await node.Make(card, cancellation);
            fresh.RunAt(Speed ?? card.Speed);
            lock (reading)
            {
                made[card.Name] = fresh;
            }

            return fresh;
        }
        finally
        {
            making.Release();
        }
    }

    /// <summary>All cards run at this speed from now on; null: each at its own.</summary>
    public void RunAt(CardSpeed? speed)
    {
        Speed = speed;
        foreach (var card in Wallet.All)
        {
            Find(card)?.RunAt(speed ?? card.Speed);
        }
    }

    /// <summary>The wallet as it is now.</summary>
    public async Task<IReadOnlyList<CardOnTable>> All(CancellationToken cancellation)
    {
        var now = node.Clock.GetUtcNow();

        // A card may be pulled while this looks.
        var inReaders = readers.List().Where(r => r.CardPresent).Select(r => (Card: readers.CardIn(r.Name), r.Name)).Where(one => one.Card is not null)
            .ToDictionary(one => one.Card!, one => one.Name);
        var ids = Wallet.All.Select(card => (card, Find(card))).Where(one => one.Item2 is not null).ToDictionary(one => one.card, one => IdOf(one.Item2!));
        var wanted = ids.Values.OfType<Guid>().ToList();
        var facts = await node.Database.Read(
            async r =>
            {
                var ends = await r.Registry.Credentials.Where(c => wanted.Contains(c.SmartcardId) && c.Status == CredentialStatus.Current)
                    .GroupBy(c => c.SmartcardId).Select(g => new { g.Key, End = g.Min(c => c.NotAfter) }).ToDictionaryAsync(g => g.Key, g => g.End, cancellation);
                var open = await r.Registry.Operations.Where(o => wanted.Contains(o.SmartcardId) && o.State == OperationState.Waiting)
                    .ToDictionaryAsync(o => o.SmartcardId, o => o.Act, cancellation);
                return (Ends: ends, Open: open);
            },
            cancellation);
        return
        [
            .. Wallet.All.Select(card =>
            {
                var id = ids.GetValueOrDefault(card);
                var end = id is { } known && facts.Ends.TryGetValue(known, out var recorded) ? recorded : Planned(card);
                var act = id is { } same && facts.Open.TryGetValue(same, out var waiting) ? waiting : (Act?)null;
                var real = Find(card);
                var state = new CardState(card, real, end, act, now);
                return new CardOnTable(card, state.InWords(options.TimeZone), end, real is null ? null : inReaders.GetValueOrDefault(real), state.NeedsOperator);
            }),
        ];
    }

    public void Dispose()
    {
        foreach (var card in made.Values)
        {
            card.Dispose();
        }

        making.Dispose();
    }

    private SimulatedCard? Find(SampleCard card)
    {
        lock (reading)
        {
            return made.GetValueOrDefault(card.Name);
        }
    }

    /// <summary>What a card that is not made yet will have.</summary>
    private DateTimeOffset? Planned(SampleCard card) => card.Holder is null
        ? null
        : Expiry.EndOfDay(Expiry.LocalDate(node.Clock.GetUtcNow() - node.Clock.Offset, options.TimeZone).AddDays(card.DaysLeft), options.TimeZone);

    private static Guid? IdOf(SimulatedCard card) =>
        card.Image.Read(DataObject.Chuid) is { } contents && Chuid.TryDecode(contents, out var chuid) ? chuid.CardUuid : null;
}
