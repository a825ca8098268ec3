using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;

namespace Evercard.Agent.CardScripts;

/// <summary>Sums the time between commands and answers. Leaves the connection open.</summary>
internal sealed class TimedConnection(ICardConnection connection, TimeProvider time) : ICardConnection
{
    public TimeSpan CardTime { get; private set; }

    public string Reader => connection.Reader;

    public ReadOnlyMemory<byte> Atr => connection.Atr;

    public ResponseApdu Transmit(CommandApdu command)
    {
        var start = time.GetTimestamp();
        try
        {
            return connection.Transmit(command);
        }
        finally
        {
            CardTime += time.GetElapsedTime(start);
        }
    }

    public void Reset()
    {
        var start = time.GetTimestamp();
        try
        {
            connection.Reset();
        }
        finally
        {
            CardTime += time.GetElapsedTime(start);
        }
    }

    public IDisposable BeginTransaction() => connection.BeginTransaction();

    public void Dispose()
    {
    }
}
