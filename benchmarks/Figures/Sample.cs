using System.Globalization;

namespace Evercard.Bench.Figures;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Sample(IEnumerable<double> values)
{
    private readonly double[] sorted = [.. values.Order()];

    public int Count => sorted.Length;

    public double Min => sorted[0];

    public double Max => sorted[^1];

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    public double Median => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    /// <summary>The least value that this share of all does not exceed: 0.95 gives p95.</summary>
    public double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    public static Sample Of<T>(IEnumerable<T> all, Func<T, double> value) => new(all.Select(value));

    /// <summary>"0.352 s (0.341 to 0.402)".</summary>
    public string InWords(string unit, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Number(Median, format)}{unit} ({Number(Min, format)} to {Number(Max, format)})");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
