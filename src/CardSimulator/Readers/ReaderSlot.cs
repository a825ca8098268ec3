using Evercard.Cards.Readers;

namespace Evercard.CardSimulator.Readers;

/// <summary>One reader and the card in it. Changed under the lock of <see cref="SimulatedReaders"/>.</summary>
internal sealed class ReaderSlot(string name)
{
    private volatile SimulatedCard? _card;
    private volatile bool _isGone;
    private volatile bool _serviceStopped;
    private volatile int _generation;
    private volatile int _endedByService = -1;
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

    /// <summary>Whether connections of this generation ended because the service stopped; its restart does not bring them back.</summary>
    public bool EndedByService(int generation) => generation == _endedByService;

    public void Take(SimulatedCard card, EventHandler onPowerFailed)
    {
        (_card, _onPowerFailed) = (card, onPowerFailed);
        card.PowerFailed += onPowerFailed;
        Power(card);
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

    /// <summary>The smartcard service stops, and its readers give no power; connections and transactions end.</summary>
    public void StopService()
    {
        _serviceStopped = true;
        _endedByService = _generation;
        _card?.PowerOff();
        Generation++;
    }

    public void StartService()
    {
        _serviceStopped = false;
        Turn = new CardTurn();
        if (_card is { } card)
        {
            Power(card);
        }
    }

    public ReaderStatus Status() => new(Name, _card?.Atr ?? default, _card is not null, EventCount);

    private void Power(SimulatedCard card)
    {
        if (!_serviceStopped)
        {
            card.PowerOn();
        }
    }
}
