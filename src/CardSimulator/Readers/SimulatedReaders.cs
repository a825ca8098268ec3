using Evercard.Cards;
using Evercard.Cards.Readers;

namespace Evercard.CardSimulator.Readers;

/// <summary>The readers of a computer that exists only in this process.</summary>
public sealed class SimulatedReaders : IReaders
{
    private readonly object _gate = new();
    private readonly List<ReaderSlot> _slots = [];
    private readonly Dictionary<string, int> _eventsOfUnplugged = new(StringComparer.Ordinal);
    private bool _serviceRuns = true;
    private bool _disposed;

    /// <param name="readers">Names of the readers that are there from the start.</param>
    public SimulatedReaders(params IEnumerable<string> readers)
    {
        foreach (var name in readers)
        {
            AddReader(name);
        }
    }

    /// <summary>Plugs a reader in.</summary>
    public void AddReader(string name) => Change(() =>
    {
        if (_slots.Exists(slot => slot.Name == name))
        {
            throw new InvalidOperationException($"There is a reader {name} already.");
        }

        // A reader that comes back goes on counting: nobody shall take it for unchanged.
        var slot = new ReaderSlot(name) { EventCount = _eventsOfUnplugged.GetValueOrDefault(name) };
        if (!_serviceRuns)
        {
            slot.StopService();
        }

        _slots.Add(slot);
    });

    /// <summary>Unplugs a reader, with the card that is in it.</summary>
    public void Unplug(string reader) => Change(() =>
    {
        var slot = Slot(reader);
        slot.IsGone = true;
        slot.Eject();
        _eventsOfUnplugged[reader] = slot.EventCount + 1;
        _slots.Remove(slot);
    });

    /// <summary>Puts a card into a reader; it gets power.</summary>
    public void Insert(string reader, SimulatedCard card) => Change(() =>
    {
        if (_slots.Exists(slot => slot.Card == card))
        {
            throw new InvalidOperationException("This card is in a reader already.");
        }

        var into = Slot(reader);
        if (into.Card is not null)
        {
            throw new InvalidOperationException($"There is a card in {reader} already.");
        }

        into.Take(card, (_, _) => LostPower(into, card));
    });

    /// <summary>Pulls the card out, whatever it is doing; nothing happens where there is none.</summary>
    public void Remove(string reader) => Change(() => Slot(reader).Eject());

    /// <summary>The card in this reader, or null.</summary>
    public SimulatedCard? CardIn(string reader)
    {
        lock (_gate)
        {
            return Slot(reader).Card;
        }
    }

    /// <summary>Another program holds the card in this reader until the returned value is disposed: connecting answers Busy.</summary>
    public IDisposable HoldExclusively(string reader)
    {
        lock (_gate)
        {
            var slot = Slot(reader);
            slot.HeldExclusively = true;
            return new Release(() => slot.HeldExclusively = false);
        }
    }

    /// <summary>The computer's smartcard service stops; cards lose power, connections fail.</summary>
    public void StopService() => Change(() =>
    {
        _serviceRuns = false;
        _slots.ForEach(slot => slot.StopService());
    });

    /// <summary>The service runs again; the cards in its readers get power and have forgotten every proof.</summary>
    public void StartService() => Change(() =>
    {
        _serviceRuns = true;
        _slots.ForEach(slot => slot.StartService());
    });

    public IReadOnlyList<ReaderStatus> List()
    {
        lock (_gate)
        {
            RequireService();
            return Now();
        }
    }

    public IReadOnlyList<ReaderStatus> WaitForChange(IReadOnlyList<ReaderStatus> known, TimeSpan atMost, CancellationToken cancellation)
    {
        var until = atMost == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        using var waking = cancellation.Register(() => Change(() => { }));
        lock (_gate)
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var left = until - Environment.TickCount64;
                var now = Now();
                if (left <= 0 || _disposed || !IsSame(known, now))
                {
                    return now;
                }

                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Connections are always shared here; each resets the card at its end.</remarks>
    public ICardConnection Connect(string reader, CardAccess access = CardAccess.ToAct)
    {
        lock (_gate)
        {
            RequireService();
            var slot = _slots.Find(one => one.Name == reader)
                ?? throw new CardConnectionException(CardConnectionFailure.ReaderGone, "There is no such reader.");
            if (slot.Card is null)
            {
                throw new CardConnectionException(CardConnectionFailure.Removed, "There is no card in the reader.");
            }

            return slot.HeldExclusively
                ? throw new CardConnectionException(CardConnectionFailure.Busy, "Another program holds the card.")
                : new SimulatedConnection(slot, slot.Card);
        }
    }

    /// <summary>Takes all cards out and ends waits under way.</summary>
    public void Dispose() => Change(() =>
    {
        _disposed = true;
        _slots.ForEach(slot => slot.Eject());
    });

    private void LostPower(ReaderSlot slot, SimulatedCard card) => Change(() =>
    {
        if (slot.Card == card)
        {
            slot.Eject();
        }
    });

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Monitor.PulseAll(_gate);
        }
    }

    private ReaderSlot Slot(string reader) => _slots.Find(slot => slot.Name == reader)
        ?? throw new InvalidOperationException($"There is no reader {reader}.");

    private List<ReaderStatus> Now() => _serviceRuns ? _slots.ConvertAll(slot => slot.Status()) : [];

    private static bool IsSame(IReadOnlyList<ReaderStatus> known, List<ReaderStatus> now) =>
        known.Select(one => (one.Name, one.EventCount)).SequenceEqual(now.Select(one => (one.Name, one.EventCount)));

    private void RequireService()
    {
        if (!_serviceRuns)
        {
            throw new CardConnectionException(CardConnectionFailure.ServiceStopped, "The smartcard service is not running.");
        }
    }
}
