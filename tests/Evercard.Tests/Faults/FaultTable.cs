using System.Globalization;
using System.Text;

namespace Evercard.Tests.Faults;

/// <summary>How the cases ended: the proof that nobody is left with a dead card.</summary>
public sealed class FaultTable
{
    private readonly SortedDictionary<(string Act, FaultKind Kind, string Step), (int Tried, int Alone, int Repair, int Dead)> rows = [];

    public int Cases => rows.Values.Sum(row => row.Tried);

    public int Dead => rows.Values.Sum(row => row.Dead);

    public int NeedsRepair => rows.Values.Sum(row => row.Repair);

    public void Add(string act, Fault fault, bool isFinished, bool needsRepair = false)
    {
        var key = (act, fault.Kind, fault.Step);
        var (tried, alone, repair, dead) = rows.GetValueOrDefault(key);
        rows[key] = (tried + 1, alone + (isFinished ? 1 : 0), repair + (needsRepair ? 1 : 0), dead + (isFinished || needsRepair ? 0 : 1));
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"act",-10} {"fault",-20} {"step",-34} {"tried",6} {"finished",9} {"Repair",7} {"dead",5}");
        foreach (var ((act, kind, step), (tried, alone, repair, dead)) in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{act,-10} {kind,-20} {step,-34} {tried,6} {alone,9} {repair,7} {dead,5}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{Cases} cases, needs Repair {NeedsRepair}, dead {Dead}");
        return text.ToString();
    }
}
