using System.Diagnostics;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Storage;
using Evercard.CardSimulator.Timing;

namespace Evercard.CardSimulator;

/// <summary>One command APDU and its answer.</summary>
/// <param name="Number">Counts from 1 over the life of this object.</param>
/// <param name="Command">May hold a passcode or a key in its data: print the header only.</param>
/// <param name="Answer">Null where power failed before the answer.</param>
public sealed record ApduExchange(int Number, CommandApdu Command, ResponseApdu? Answer);

/// <summary>A card to put into a reader: the card application with its memory, its speed and its faults. Safe for many threads.</summary>
public sealed class SimulatedCard : IDisposable
{
    private readonly Lock _processing = new();
    private readonly ManualResetEventSlim _withoutPower = new(initialState: true);
    private readonly CardFile? _file;
    private readonly PivCard _application;
    private CardTiming _timing;
    private readonly Action<TimeSpan> _delay;
    private (int Apdu, CutPoint Point)? _cut;

    private SimulatedCard(CardImage image, CardFile? file, CardParts? parts)
    {
        _file = file;
        _application = new PivCard(image, parts?.Pool);
        _timing = parts?.Timing ?? new CardTiming(image.Model.Speed);
        _delay = parts?.Delay ?? (time => _withoutPower.Wait(time));
    }

    /// <summary>Power failed by <see cref="CutAt"/>: whoever holds the card in a reader lets go of it.</summary>
    public event EventHandler? PowerFailed;

    public ReadOnlyMemory<byte> Atr => PivCard.Atr;

    public CardModel Model => Image.Model;

    /// <summary>What the card keeps; for tests and for the demo's card table.</summary>
    public CardImage Image => _application.Image;

    /// <summary>Command APDUs seen so far, those included that power failures swallowed.</summary>
    public int ApdusSeen { get; private set; }

    public bool HasPower => !_withoutPower.IsSet;

    /// <summary>Is told each exchange, under the card's lock.</summary>
    public Action<ApduExchange>? Transcript { get; set; }

    /// <summary>A card as it leaves the factory: passcode 123456, PUK 12345678, no keys, no certificates, no CHUID.</summary>
    /// <param name="model">Kind of card.</param>
    /// <param name="file">Where it is stored; null: in memory only.</param>
    /// <param name="administrationKey">Transport key 9B; empty for the factory key.</param>
    /// <param name="parts">Replaced parts, for tests.</param>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public static SimulatedCard CreateBlank(
        CardModel model, string? file = null, ReadOnlyMemory<byte> administrationKey = default, CardParts? parts = null)
    {
        var image = CardImage.Blank(model, administrationKey.Span);
        return new(image, file is null ? null : CardFile.Create(file, image), parts);
    }

    /// <summary>A card that was stored before.</summary>
    /// <exception cref="IOException">No such file, or another process has the card.</exception>
    /// <exception cref="System.Text.Json.JsonException">The file holds no card.</exception>
    public static SimulatedCard Open(string file, CardParts? parts = null)
    {
        var stored = CardFile.Open(file);
        return new(stored.Image, stored, parts);
    }

    /// <summary>A card in memory with the contents of a stored one.</summary>
    /// <inheritdoc cref="Open"/>
    public static SimulatedCard Copy(string file, CardParts? parts = null)
    {
        using var stored = CardFile.Open(file);
        return new(stored.Image, null, parts);
    }

    /// <summary>The same card once more, in memory and without power: a bench that tries many things with one card begins each with a copy.</summary>
    public SimulatedCard Copy(CardParts? parts = null)
    {
        lock (_processing)
        {
            return new(CardFile.Copy(Image), null, parts);
        }
    }

    /// <summary>Arms a power failure at the APDU with this number; see <see cref="ApdusSeen"/>.</summary>
    public void CutAt(int apdu, CutPoint point)
    {
        lock (_processing)
        {
            _cut = (apdu, point);
        }
    }

    /// <summary>From now on the card is as slow as this; the command under way is not affected.</summary>
    public void RunAt(CardSpeed speed)
    {
        lock (_processing)
        {
            _timing = new CardTiming(speed);
        }
    }

    /// <summary>A fault that stays: the card refuses to store certificates (6581), and does all else.</summary>
    public void WearOut()
    {
        lock (_processing)
        {
            Image.RefusesCertificates = true;
            Image.Change();
            _file?.Save();
        }
    }

    /// <summary>The card is put into a reader, or its reader powers it.</summary>
    public void PowerOn()
    {
        lock (_processing)
        {
            _application.PowerOn();
            _withoutPower.Reset();
        }
    }

    /// <summary>The card is pulled out, even in the middle of a command: its effect stays, its answer is lost.</summary>
    public void PowerOff() => _withoutPower.Set();

    /// <summary>Reset without losing power.</summary>
    /// <exception cref="CardConnectionException">Removed: the card has no power.</exception>
    public void Reset()
    {
        lock (_processing)
        {
            RequirePower();
            _application.PowerOn();
        }
    }

    /// <summary>Answers one command APDU after the time that the card takes for it.</summary>
    /// <exception cref="CardConnectionException">Removed: the card has no power, or lost it meanwhile.</exception>
    public ResponseApdu Transmit(CommandApdu command) => Transmit(command, command.ToBytes().Length);

    /// <summary>Answers bytes that may be no command APDU.</summary>
    /// <exception cref="CardConnectionException">As for the other.</exception>
    public byte[] Transmit(ReadOnlySpan<byte> bytes) =>
        (CommandApdu.TryParse(bytes, out var command) ? Transmit(command, bytes.Length) : TransmitMalformed()).ToBytes();

    public void Dispose()
    {
        PowerOff();
        lock (_processing)
        {
            _file?.Dispose();
        }
    }

    private ResponseApdu Transmit(CommandApdu command, int size)
    {
        ResponseApdu? answer;
        bool powerFailed;
        lock (_processing)
        {
            RequirePower();
            var number = ++ApdusSeen;
            powerFailed = _cut?.Apdu == number;
            answer = powerFailed ? Fail(command, _cut!.Value.Point) : Answer(command, size);
            Transcript?.Invoke(new(number, command, answer));
        }

        if (powerFailed)
        {
            // Outside the lock: the readers that hear it have a lock of their own.
            PowerFailed?.Invoke(this, EventArgs.Empty);
        }

        return answer ?? throw Removed();
    }

    private ResponseApdu? Answer(CommandApdu command, int size)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = _application.Process(command);
        _file?.Save();

        // The computing that the answer has cost already is part of the card's time.
        var rest = _timing.Of(_application.Work, size, answer.Data.Length + 2) - Stopwatch.GetElapsedTime(started);
        if (rest > TimeSpan.Zero)
        {
            _delay(rest);
        }

        return HasPower ? answer : null;
    }

    private ResponseApdu? Fail(CommandApdu command, CutPoint point)
    {
        _cut = null;
        if (point is CutPoint.After)
        {
            _application.Process(command);
        }
        else if (point is CutPoint.Torn torn)
        {
            _application.Tear(command, torn.Result);
        }

        _file?.Save();
        PowerOff();
        return null;
    }

    private ResponseApdu TransmitMalformed()
    {
        lock (_processing)
        {
            RequirePower();
            ApdusSeen++;
            return _application.ProcessMalformed();
        }
    }

    private void RequirePower()
    {
        if (!HasPower)
        {
            throw Removed();
        }
    }

    private static CardConnectionException Removed() => new(CardConnectionFailure.Removed, "The card has no power.");
}

/// <summary>Parts of a simulated card that tests replace.</summary>
public sealed record CardParts
{
    /// <summary>Keys made beforehand.</summary>
    public KeyPool? Pool { get; init; }

    /// <summary>Overrides the model's speed, or makes its chance repeatable.</summary>
    public CardTiming? Timing { get; init; }

    /// <summary>Waits; null for real waiting, which ends when the card is pulled.</summary>
    public Action<TimeSpan>? Delay { get; init; }
}
