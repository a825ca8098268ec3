using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Timing;

namespace Evercard.DevHost.SampleCards;

/// <summary>An issued sample card in a file.</summary>
public static class SampleCardFile
{
    /// <summary>Makes the file. Issuing takes no card time; from then on the card is as slow as asked.</summary>
    /// <remarks>9B is 3DES: the third-party clients that judge sample cards need it (docs/divergences.md).</remarks>
    public static async Task Make(
        string file, SamplePerson person, PivAlgorithm algorithm, CardSpeed speed, int daysLeft, SampleWard samples, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var blank = SimulatedCard.CreateBlank(
            CardModel.Yubico with { Speed = speed }, file, parts: new CardParts { Timing = new CardTiming(CardSpeed.Instant) });
        await samples.Issue(person, blank, algorithm, daysLeft, cancellation);
    }
}
