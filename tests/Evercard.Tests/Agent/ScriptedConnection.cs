using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;
using Evercard.Tests.Support;

namespace Evercard.Tests.Agent;

/// <summary>A card that answers what a test says; keeps a copy of every command it was sent.</summary>
internal sealed class ScriptedConnection(Func<CommandApdu, ResponseApdu> answer, ManualTime? time = null) : ICardConnection
{
    public List<byte[]> Sent { get; } = [];

    public int Resets { get; private set; }

    public int OpenTransactions { get; private set; }

    public bool Disposed { get; private set; }

    public string Reader => "Reader 0";

    public ReadOnlyMemory<byte> Atr => new byte[] { 0x3B, 0x80 };

    public IEnumerable<string> SentInstructions => Sent.Select(bytes => Convert.ToHexString(bytes.AsSpan(1, 1)));

    public ResponseApdu Transmit(CommandApdu command)
    {
        OpenTransactions.ShouldBe(1);
        Sent.Add(command.ToBytes());
        time?.Advance(TimeSpan.FromMilliseconds(10));
        return answer(command);
    }

    public void Reset() => Resets++;

    public IDisposable BeginTransaction()
    {
        OpenTransactions++;
        return new End(this);
    }

    public void Dispose() => Disposed = true;

    private sealed class End(ScriptedConnection connection) : IDisposable
    {
        public void Dispose() => connection.OpenTransactions--;
    }
}
