namespace Evercard.Bench.Memory;

/// <summary>The straight line through a series (least squares).</summary>
internal sealed record Trend(double Slope, double Growth)
{
    /// <param name="points">Renewals and bytes; two at least.</param>
    /// <returns>Slope in bytes for each renewal, and growth from the first to the last point as a part of the line's first value.</returns>
    public static Trend Through(IReadOnlyList<(double At, double Bytes)> points)
    {
        var (meanAt, meanBytes) = (points.Average(p => p.At), points.Average(p => p.Bytes));
        var slope = points.Sum(p => (p.At - meanAt) * (p.Bytes - meanBytes)) / points.Sum(p => (p.At - meanAt) * (p.At - meanAt));
        var first = meanBytes + (slope * (points[0].At - meanAt));
        return new Trend(slope, slope * (points[^1].At - points[0].At) / first);
    }
}
