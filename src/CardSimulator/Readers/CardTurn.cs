using Evercard.Cards;

namespace Evercard.CardSimulator.Readers;

/// <summary>Transactions: while one connection has the turn, the others wait, as with PC/SC's SCardBeginTransaction.</summary>
internal sealed class CardTurn
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly object _gate = new();
    private object? _owner;

    /// <summary>Counts resets by any connection.</summary>
    public int Resets { get; private set; }

    public IDisposable Take(object owner)
    {
        lock (_gate)
        {
            Await(owner);
            if (_owner is not null)
            {
                throw new InvalidOperationException("This connection has a transaction already.");
            }

            _owner = owner;
        }

        return new Release(() => GiveBack(owner));
    }

    /// <summary>Runs one command in its turn: inside the owner's transaction, or in one of its own for as long as it takes.</summary>
    public T Use<T>(object owner, Func<T> command)
    {
        bool borrowed;
        lock (_gate)
        {
            Await(owner);
            borrowed = _owner is null;
            _owner = owner;
        }

        try
        {
            return command();
        }
        finally
        {
            if (borrowed)
            {
                GiveBack(owner);
            }
        }
    }

    public int CountReset()
    {
        lock (_gate)
        {
            return ++Resets;
        }
    }

    public void GiveBack(object owner)
    {
        lock (_gate)
        {
            if (_owner == owner)
            {
                _owner = null;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Await(object owner)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (_owner is not null && _owner != owner)
        {
            var left = until - Environment.TickCount64;
            if (left <= 0 || !Monitor.Wait(_gate, (int)left))
            {
                throw new CardConnectionException(CardConnectionFailure.Busy, "Another program holds the card.");
            }
        }
    }
}
