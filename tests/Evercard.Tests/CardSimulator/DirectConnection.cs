using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

/// <summary>Straight to the card application, without a reader.</summary>
internal sealed class DirectConnection(PivCard card) : ICardConnection
{
    public string Reader => "none";

    public ReadOnlyMemory<byte> Atr => PivCard.Atr;

    public ResponseApdu Transmit(CommandApdu command) => card.Process(command);

    public void Reset() => card.PowerOn();

    public IDisposable BeginTransaction() => this;

    public void Dispose()
    {
    }
}
