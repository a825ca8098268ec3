using System.Globalization;
using System.Text;

namespace Evercard.Bench.Figures;

/// <summary>The results as a table in the terminal and as a part of benchmarks/RESULTS.md.</summary>
internal sealed class ResultsPage(string command, DateTimeOffset at)
{
    private readonly List<Finding> findings = [];
    private readonly List<(string Title, string Text)> notes = [];
    private readonly double? loadBefore = Machine.Load();

    public bool AllLimitsMet => findings.TrueForAll(f => f.Met != false);

    public void Add(Finding finding) => findings.Add(finding);

    /// <summary>A text below the table; lines that are not to be filled are indented by four blanks.</summary>
    public void Note(string title, string text) => notes.Add((title, text));

    public string ForTerminal()
    {
        if (findings.Count == 0)
        {
            return "Nothing was measured.";
        }

        var widths = (What: findings.Max(f => f.What.Length), Result: findings.Max(f => f.Result.Length), Limit: findings.Max(f => f.Limit.Length));
        var text = new StringBuilder();
        foreach (var f in findings)
        {
            text.AppendLine($"{f.What.PadRight(widths.What)}  {f.Result.PadRight(widths.Result)}  {f.Limit.PadRight(widths.Limit)}  {f.Verdict}".TrimEnd());
        }

        foreach (var (title, body) in notes)
        {
            text.AppendLine().AppendLine(title).AppendLine(body);
        }

        return text.AppendLine().AppendLine(AllLimitsMet ? "All limits met." : "A limit was missed.").ToString();
    }

    public string ForFile()
    {
        var text = new StringBuilder()
            .AppendLine($"- command: `{command}`")
            .AppendLine(CultureInfo.InvariantCulture, $"- date: {at:yyyy-MM-dd HH:mm} UTC")
            .AppendLine($"- machine: {Machine.InWords()}")
            .AppendLine(loadBefore is { } load ? string.Create(CultureInfo.InvariantCulture, $"- load by other work before it began: {load:0.0}") : "- load by other work: not told")
            .AppendLine()
            .AppendLine("| what | result | limit | |")
            .AppendLine("|---|---|---|---|");
        foreach (var f in findings)
        {
            text.AppendLine($"| {f.What} | {f.Result} | {f.Limit} | {f.Verdict} |");
        }

        foreach (var (title, body) in notes)
        {
            text.AppendLine().AppendLine($"### {title}").AppendLine().AppendLine(body);
        }

        return text.ToString();
    }
}
