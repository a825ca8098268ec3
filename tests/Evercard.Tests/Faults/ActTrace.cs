namespace Evercard.Tests.Faults;

/// <summary>What an undisturbed visit does, counted: every single fault follows from it, so that none is left out quietly.</summary>
/// <param name="Apdus">Of each APDU, the instruction and the script to which it belongs.</param>
/// <param name="Scripts">Names.</param>
/// <param name="Commits">The audit event of each.</param>
/// <param name="Signatures">How often the authority signed.</param>
public sealed record ActTrace(IReadOnlyList<(byte Instruction, string Script)> Apdus, IReadOnlyList<string> Scripts, IReadOnlyList<string> Commits, int Signatures)
{
    /// <summary>Of each message its direction and name, and how many of that name came before it; empty where no link stands between.</summary>
    public IReadOnlyList<(string Name, int Nth)> Messages { get; init; } = [];

    /// <summary>A chained PUT DATA takes effect at once, and can be torn where it does.</summary>
    private const byte PutData = 0xDB;

    public IReadOnlyList<Fault> Singles() => [.. Fault.Points.SelectMany(kind => At(kind.Value).Select(point => new Fault(kind.Key, point.At, point.Step)))];

    private IEnumerable<(int At, string Step)> At(FaultPoint point) => point switch
    {
        FaultPoint.Apdu => Apdus.Select((apdu, i) => (i + 1, apdu.Script)),
        FaultPoint.Write => Apdus.Select((apdu, i) => (apdu.Instruction, At: i + 1, apdu.Script)).Where(apdu => apdu.Instruction == PutData).Select(apdu => (apdu.At, apdu.Script)),
        FaultPoint.Script => Scripts.Select((name, i) => (i + 1, name)),
        FaultPoint.Moment => Scripts.SelectMany((name, i) => new[] { ((2 * i) + 1, $"before {name}"), ((2 * i) + 2, $"after {name}") }),
        FaultPoint.Commit => Commits.Select((kind, i) => (i + 1, kind)),
        FaultPoint.Signature => Enumerable.Range(1, Signatures).Select(at => (at, "sign")),
        FaultPoint.Message => Messages.Select(message => (message.Nth, message.Name)),
        _ => [(1, "start")],
    };
}
