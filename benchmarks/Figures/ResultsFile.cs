using System.Text;

namespace Evercard.Bench.Figures;

/// <summary>benchmarks/RESULTS.md: one part for each kind of run, under a heading of its own; a run replaces its own part alone.</summary>
internal static class ResultsFile
{
    private const string Head = "# Benchmark results\n\nWritten by the commands below; do not edit. Figures are medians, with the least and the greatest in brackets, where nothing else is said.\n";
    private const string Mark = "## ";

    /// <param name="file">Made where it is not there yet.</param>
    /// <param name="title">Heading of the part, without its mark.</param>
    /// <param name="part">What stands under it; its own headings are of a lower level.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task Put(string file, string title, string part, CancellationToken cancellation)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(file))
        {
            foreach (var one in ("\n" + await File.ReadAllTextAsync(file, cancellation)).Split("\n" + Mark).Skip(1))
            {
                var end = one.IndexOf('\n', StringComparison.Ordinal);
                parts[one[..end].Trim()] = one[end..];
            }
        }

        parts[title] = part;
        var text = new StringBuilder(Head);
        foreach (var (name, body) in parts)
        {
            text.Append('\n').Append(Mark).Append(name).Append("\n\n").Append(body.Trim('\n')).Append('\n');
        }

        await File.WriteAllTextAsync(file, text.ToString(), cancellation);
    }
}
