using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.Clock;
using Evercard.DevHost.Faults;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;

namespace Evercard.DevHost.DemoTable;

/// <summary>What the demonstration has on its table: cards, two readers, a clock, and switches for what can go wrong.</summary>
public sealed class Table : IDisposable
{
    public const string FirstReader = "Virtual reader 1";
    public const string SecondReader = "Virtual reader 2";

    /// <summary>The card of whoever sits at the desk.</summary>
    public const string Operator = "priya";

    /// <summary>A version that the server takes for too old.</summary>
    public const string OldVersion = "0.0.1";

    private static readonly TimeSpan WrongBy = TimeSpan.FromDays(-3);
    private static readonly TimeSpan OpenedWithin = TimeSpan.FromSeconds(4);

    private readonly SampleNode node;
    private readonly IReaders every;

    /// <summary>Null where the computer's own readers are used: hands move those cards.</summary>
    private readonly SimulatedReaders? readers;

    public Table(SampleNode node, SwitchedAgent agent, IReaders every, PullAtStep? pull, DemoClock computerClock, OpenedAddresses opened, LifecycleOptions options)
    {
        (this.node, this.every, Agent, Pull, ComputerClock, Opened) = (node, every, agent, pull, computerClock, opened);
        readers = every as SimulatedReaders;
        Cards = readers is null ? null : new CardsOnTable(node, readers, options);
    }

    /// <summary>Windows open by themselves on this computer.</summary>
    public bool OpensWindows { get; init; }

    /// <summary>Null where the computer's own readers are used.</summary>
    public CardsOnTable? Cards { get; }

    public SwitchedAgent Agent { get; }

    public PullAtStep? Pull { get; }

    /// <summary>The clock of the computer with the readers, set against the demonstration's.</summary>
    public DemoClock ComputerClock { get; }

    /// <summary>What the service sent to people.</summary>
    public Inbox Inbox => node.Inbox;

    /// <summary>What the agent asked to be opened.</summary>
    public OpenedAddresses Opened { get; }

    public DateTimeOffset Now => node.Clock.GetUtcNow();

    public bool ClockIsMoved => node.Clock.Offset != TimeSpan.Zero;

    public bool AuthorityIsOff => node.Authority.IsOff;

    public bool ComputerClockIsWrong => ComputerClock.Offset != TimeSpan.Zero;

    public bool FirstReaderIsPlugged => Readers.Any(r => r.Name == FirstReader);

    /// <summary>The readers that are plugged in; none where the computer's smartcard service does not run.</summary>
    public IReadOnlyList<ReaderStatus> Readers
    {
        get
        {
            try
            {
                return every.List();
            }
            catch (CardConnectionException)
            {
                return [];
            }
        }
    }

    /// <summary>Changes whenever the page would look different.</summary>
    /// <param name="cards">As they are now.</param>
    public string Version(IReadOnlyList<CardOnTable> cards) => string.Join('.',
        Agent.IsOn, Agent.Agent?.IsConnected, Agent.Version, AuthorityIsOff, ComputerClockIsWrong, Agent.Network.IsCut, Pull?.Step, Cards?.Speed,
        node.Clock.Offset.Ticks, Inbox.Version, Opened.All.Count, Opened.All is [.., var last] ? last.GetHashCode() : 0,
        string.Join('.', Readers.Select(r => $"{r.Name}{r.CardPresent}{r.EventCount}")),
        StringComparer.Ordinal.GetHashCode(string.Join('.', cards.Select(card => $"{card.State}{card.NeedsOperator}"))));

    /// <summary>The wallet; empty where the computer's own readers are used.</summary>
    public async Task<IReadOnlyList<CardOnTable>> Look(CancellationToken cancellation) => Cards is null ? [] : await Cards.All(cancellation);

    /// <summary>Puts a card into a reader, in place of the one that is there.</summary>
    public async Task Put(string name, string reader, CancellationToken cancellation)
    {
        if (Cards is null || readers is null)
        {
            return;
        }

        var card = await Cards.Get(Wallet.Named(name), cancellation);
        if (!Readers.Any(r => r.Name == reader))
        {
            readers.AddReader(reader);
        }

        foreach (var other in Readers.Where(r => r.Name == reader || readers.CardIn(r.Name) == card))
        {
            readers.Remove(other.Name);
        }

        readers.Insert(reader, card);
    }

    public void TakeOut(string reader)
    {
        if (Readers.Any(r => r.Name == reader))
        {
            readers?.Remove(reader);
        }
    }

    /// <summary>
    /// Empties the readers, puts this card into the first one, and waits for the window that the agent opens. Where the card shows nothing
    /// without an ID Checker, hers goes into the first reader and this one into the second.
    /// </summary>
    /// <returns>Where the window is; null where the agent opened none.</returns>
    public async Task<Uri?> Show(string name, CancellationToken cancellation)
    {
        if (Cards is null)
        {
            return null;
        }

        var isBrought = name != Operator && (await Look(cancellation)).Any(card => card.Card.Name == name && card.NeedsOperator);
        string[] shown = isBrought ? [Operator, name] : [name];

        // Made before the readers are emptied: the first time this takes a moment.
        foreach (var one in shown)
        {
            await Cards.Get(Wallet.Named(one), cancellation);
        }

        TakeOut(FirstReader);
        TakeOut(SecondReader);
        var window = await PutAndWait(shown[0], FirstReader, cancellation);
        if (isBrought)
        {
            // Where people follow each other, its own window would not be there: the operator is logged in by then.
            using (Opened.Hush())
            {
                await PutAndWait(name, SecondReader, cancellation);
            }
        }

        return window;
    }

    public void MoveClock(TimeSpan by) => node.Clock.MoveBy(by);

    /// <summary>To the moment after which the card in the first reader has expired.</summary>
    public async Task MoveClockToExpiry(CancellationToken cancellation)
    {
        if ((await Look(cancellation)).FirstOrDefault(card => card.Reader == FirstReader) is { NotAfter: { } end })
        {
            node.Clock.MoveTo(end.AddSeconds(1));
        }
    }

    public void ClockBackToNow() => node.Clock.BackToNow();

    /// <summary>Throws a switch, or throws it back.</summary>
    /// <param name="which">Its name on the page.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task Throw(string? which, CancellationToken cancellation)
    {
        switch (which)
        {
            case "agent-off" when Agent.IsOn:
                await Agent.Stop();
                break;
            case "agent-off":
                await Agent.Start(Agent.Version, cancellation);
                break;
            case "agent-old":
                await Agent.Start(Agent.Version is null ? OldVersion : null, cancellation);
                break;
            case "authority-off":
                node.Authority.IsOff = !node.Authority.IsOff;
                break;
            case "network-cut" when Agent.Network.IsCut:
                Agent.Network.Mend();
                break;
            case "network-cut":
                Agent.Network.Cut();
                break;
            case "clock-wrong":
                await WrongClock(cancellation);
                break;
            case "reader-unplugged" when FirstReaderIsPlugged:
                readers?.Unplug(FirstReader);
                break;
            case "reader-unplugged":
                readers?.AddReader(FirstReader);
                break;
            case "card-slow":
                Cards?.RunAt(Cards.Speed is null ? CardSpeed.Old : null);
                break;
        }
    }

    public void Dispose() => Cards?.Dispose();

    /// <returns>What the agent opened for the card; null where that was nothing.</returns>
    private async Task<Uri?> PutAndWait(string name, string reader, CancellationToken cancellation)
    {
        var next = Opened.Next();
        await Put(name, reader, cancellation);
        try
        {
            return Agent.IsOn ? await next.WaitAsync(OpenedWithin, cancellation) : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task WrongClock(CancellationToken cancellation)
    {
        if (ComputerClockIsWrong)
        {
            ComputerClock.BackToNow();
        }
        else
        {
            ComputerClock.MoveBy(WrongBy);
        }

        if (Agent.IsOn)
        {
            // The clock is told with the hello.
            await Agent.Start(Agent.Version, cancellation);
        }
    }
}
