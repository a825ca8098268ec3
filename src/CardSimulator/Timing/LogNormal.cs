namespace Evercard.CardSimulator.Timing;

/// <summary>
/// Time to find two primes: most often short, sometimes very long. A log-normal distribution cut at the fastest and the
/// slowest run that was measured.
/// </summary>
/// <param name="Median">Seconds.</param>
/// <param name="Spread">Standard deviation of the logarithm.</param>
/// <param name="Fastest">Seconds.</param>
/// <param name="Slowest">Seconds.</param>
internal sealed record LogNormal(double Median, double Spread, double Fastest, double Slowest)
{
    public static LogNormal WithMean(double mean, double spread, double fastest, double slowest) =>
        new(mean / Math.Exp(spread * spread / 2), spread, fastest, slowest);

    public TimeSpan Draw(Func<double> uniform)
    {
        var normal = Math.Sqrt(-2 * Math.Log(uniform())) * Math.Cos(2 * Math.PI * uniform());
        return TimeSpan.FromSeconds(Math.Clamp(Median * Math.Exp(Spread * normal), Fastest, Slowest));
    }
}
