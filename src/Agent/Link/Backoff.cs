using System.Security.Cryptography;

namespace Evercard.Agent.Link;

/// <summary>
/// Waits between attempts to connect: doubling, with the length of each drawn between half and one and a half, so that
/// the computers of a hospital do not come back all at once.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan atMost)
{
    private const int Draws = 1_000;
    private const int MostDoublings = 20;
    private int failures;

    public void Reset() => failures = 0;

    public TimeSpan Next()
    {
        var mean = first * Math.Pow(2, Math.Min(failures++, MostDoublings));
        return (mean < atMost ? mean : atMost) * (0.5 + ((double)RandomNumberGenerator.GetInt32(Draws) / Draws));
    }
}
