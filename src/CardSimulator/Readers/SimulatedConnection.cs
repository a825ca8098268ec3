using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;

namespace Evercard.CardSimulator.Readers;

/// <summary>A shared connection to the card in a simulated reader. Sees resets by others, as PC/SC does.</summary>
internal sealed class SimulatedConnection(ReaderSlot slot, SimulatedCard card) : ICardConnection
{
    private readonly int _generation = slot.Generation;
    private readonly CardTurn _turn = slot.Turn;
    private int _resetsKnown = slot.Turn.Resets;
    private bool _disposed;

    public string Reader => slot.Name;

    public ReadOnlyMemory<byte> Atr { get; } = card.Atr;

    public ResponseApdu Transmit(CommandApdu command) => _turn.Use(this, () =>
    {
        RequireCard();
        RequireNoResetByOther();
        try
        {
            return card.Transmit(command);
        }
        catch (CardConnectionException)
        {
            RequireLife(); // names what took the power
            throw;
        }
    });

    public void Reset() => _turn.Use(this, () =>
    {
        RequireCard();
        card.Reset();
        return _resetsKnown = _turn.CountReset();
    });

    public IDisposable BeginTransaction()
    {
        RequireCard();
        var transaction = _turn.Take(this);
        try
        {
            RequireCard();
            RequireNoResetByOther();
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <summary>Resets the card, so that no security status is left to others, and lets go of it.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            if (slot.Generation == _generation)
            {
                card.Reset();
                _turn.CountReset();
            }
        }
        catch (CardConnectionException)
        {
            // Pulled out at this moment: power is what a reset takes away too.
        }

        _turn.GiveBack(this);
    }

    private void RequireCard()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        RequireLife();
    }

    private void RequireLife()
    {
        if (slot.IsGone)
        {
            throw new CardConnectionException(CardConnectionFailure.ReaderGone, "The reader was unplugged.");
        }

        if (slot.EndedByService(_generation))
        {
            throw new CardConnectionException(CardConnectionFailure.ServiceStopped, "The smartcard service is not running.");
        }

        if (slot.Generation != _generation)
        {
            throw new CardConnectionException(CardConnectionFailure.Removed, "The card was taken out.");
        }
    }

    // Told once: whoever hears it knows that the security status is lost, and starts again with SELECT.
    private void RequireNoResetByOther()
    {
        if (_resetsKnown != _turn.Resets)
        {
            _resetsKnown = _turn.Resets;
            throw new CardConnectionException(CardConnectionFailure.ResetByOther, "Another program reset the card.");
        }
    }
}
