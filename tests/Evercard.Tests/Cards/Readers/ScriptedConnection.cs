using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;

namespace Evercard.Tests.Cards.Readers;

/// <summary>A card that answers what the test says, and remembers what it was sent.</summary>
internal sealed class ScriptedConnection(Func<CommandApdu, ResponseApdu> answer) : ICardConnection
{
    public List<CommandApdu> Sent { get; } = [];

    public string Reader => "scripted";

    public ReadOnlyMemory<byte> Atr => Hex.Bytes("3B 80 80 01 01");

    public static ResponseApdu Answer(string hex) =>
        ResponseApdu.TryParse(Hex.Bytes(hex), out var response) ? response : throw new ArgumentException("No status word.", nameof(hex));

    public ResponseApdu Transmit(CommandApdu command)
    {
        Sent.Add(command);
        return answer(command);
    }

    public void Reset()
    {
    }

    public IDisposable BeginTransaction() => this;

    public void Dispose()
    {
    }
}
