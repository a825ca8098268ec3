using System.Globalization;
using System.Text;

namespace Evercard.Tests.Faults;

/// <summary>How the cases ended: the proof that nobody is left with a dead card. Safe for many threads.</summary>
public sealed class FaultTable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<(string Act, FaultKind Kind, string Step), Row> rows = [];
    private readonly SortedSet<string> repairs = new(StringComparer.Ordinal);

    /// <summary>Of the first row; a table of singles has one.</summary>
    public string Act => rows.Keys.First().Act.Split(' ')[0];

    public int Cases => rows.Values.Sum(row => row.Tried);

    public int Dead => Of(Ending.Dead);

    public int Repaired => Of(Ending.Repaired);

    /// <summary>Kind of fault, step and reason of each whose only way out was Repair.</summary>
    public IEnumerable<string> OnlyRepair => repairs;

    /// <summary>Kind of fault and step; what the person was told, and how it ended.</summary>
    public IEnumerable<string> Story => rows.Select(row => $"{row.Key.Kind} | {row.Key.Step} | {string.Join(' ', row.Value.Told)} | {string.Join(' ', row.Value.Endings.Keys.Order())}");

    /// <summary>A case is counted under its first fault.</summary>
    public void Add(string act, IReadOnlyList<Fault> faults, string? told, Ending ending, string? reason)
    {
        lock (gate)
        {
            var key = (act, faults[0].Kind, faults[0].Step);
            if (!rows.TryGetValue(key, out var row))
            {
                rows[key] = row = new Row();
            }

            row.Told.Add(told ?? "completed");
            row.Endings[ending] = row.Endings.GetValueOrDefault(ending) + 1;
            if (ending == Ending.Repaired)
            {
                repairs.Add(string.Join(" | ", [.. faults.Select(f => $"{f.Kind} | {f.Step}"), reason!]));
            }
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"act",-24} {"fault",-20} {"step",-48} {"tried",6} {"finished",9} {"unlocked",9} {"cancelled",9} {"Repair",7} {"dead",5}");
        foreach (var ((act, kind, step), row) in rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{act,-24} {kind,-20} {step,-48} {row.Tried,6} {row.Of(Ending.Finished),9} {row.Of(Ending.Unlocked),9} {row.Of(Ending.Cancelled),9} {row.Of(Ending.Repaired),7} {row.Of(Ending.Dead),5}");
        }

        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{Cases} cases: finished alone {Of(Ending.Finished)}, after an unlock {Of(Ending.Unlocked)}, card cancelled {Of(Ending.Cancelled)}, needs Repair {Repaired}, dead {Dead}");
        return text.ToString();
    }

    private int Of(Ending ending) => rows.Values.Sum(row => row.Of(ending));

    private sealed class Row
    {
        public SortedSet<string> Told { get; } = new(StringComparer.Ordinal);

        public Dictionary<Ending, int> Endings { get; } = [];

        public int Tried => Endings.Values.Sum();

        public int Of(Ending ending) => Endings.GetValueOrDefault(ending);
    }
}
