using Evercard.Cards.Readers;

namespace Evercard.CardSimulator.Readers;

/// <summary>One reader and the card in it. Changed under the lock of <see cref="SimulatedReaders"/>.</summary>
internal sealed class ReaderSlot(string name)
{
    private volatile SimulatedCard? _card;
    private volatile bool _isGone;
    private volatile int _generation;
    private EventHandler? _onPowerFailed;

    public string Name { get; } = name;

    public SimulatedCard? Card => _card;

    public int EventCount { get; set; }

    public bool HeldExclusively { get; set; }

    public bool IsGone { get => _isGone; set => _isGone = value; }

    /// <summary>A connection of an earlier generation is dead.</summary>
    public int Generation { get => _generation; set => _generation = value; }

    /// <summary>Whose turn it is with the card, and how often it was reset.</summary>
    public CardTurn Turn { get; private set; } = new();

    public void Take(SimulatedCard card, EventHandler onPowerFailed)
    {
        (_card, _onPowerFailed) = (card, onPowerFailed);
        card.PowerFailed += onPowerFailed;
        Turn = new CardTurn();
        EventCount++;
        Generation++;
    }

    public void Eject()
    {
        if (_card is not { } card)
        {
            return;
        }

        card.PowerFailed -= _onPowerFailed;
        _card = null;
        card.PowerOff();
        EventCount++;
        Generation++;
    }

    public ReaderStatus Status() => new(Name, _card?.Atr ?? default, _card is not null, EventCount);
}
