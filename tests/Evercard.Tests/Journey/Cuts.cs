using Evercard.CardSimulator;

namespace Evercard.Tests.Journey;

internal static class Cuts
{
    /// <summary>The n-th coming command of this kind is answered; power fails at the one after it.</summary>
    public static void CutAtNext(this SimulatedCard card, byte instruction, int nth = 1)
    {
        var left = nth;
        card.Transcript = exchange =>
        {
            if (exchange.Command.Ins == instruction && --left == 0)
            {
                card.Transcript = null;
                card.CutAt(exchange.Number + 1, CutPoint.BeforeEffect);
            }
        };
    }
}
