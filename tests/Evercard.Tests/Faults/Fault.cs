using Evercard.CardSimulator;

namespace Evercard.Tests.Faults;

/// <summary>What goes wrong. Each has a point before and one after its effect, where it has an effect.</summary>
public enum FaultKind
{
    CardCutBefore,
    CardCutAfter,
    WriteTornOld,
    WriteTornNew,
    WriteTornPrefix,
    WriteTornMixture,
    ScriptLost,
    ReplyLost,
    KilledBeforeCommit,
    KilledAfterCommit,
    SignerDown,
}

/// <summary>One fault at one point of an act.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">Counted from 1: the APDU, script, commit or signature.</param>
/// <param name="Step">In words: the script, or the audit event of the commit.</param>
public sealed record Fault(FaultKind Kind, int At, string Step)
{
    public CutPoint? Cut => Kind switch
    {
        FaultKind.CardCutBefore => CutPoint.BeforeEffect,
        FaultKind.CardCutAfter => CutPoint.AfterEffect,
        FaultKind.WriteTornOld => CutPoint.TornWrite(TornObject.Old),
        FaultKind.WriteTornNew => CutPoint.TornWrite(TornObject.New),
        FaultKind.WriteTornPrefix => CutPoint.TornWrite(TornObject.Prefix),
        FaultKind.WriteTornMixture => CutPoint.TornWrite(TornObject.Mixture),
        _ => null,
    };

    /// <summary>The code of the refusal that the person reads; nobody reads one where the server was killed.</summary>
    public string? Told => Kind switch
    {
        FaultKind.ScriptLost or FaultKind.ReplyLost => "SERVICE-UNREACHABLE",
        FaultKind.SignerDown => "CA-DOWN",
        _ => "CARD-REMOVED",
    };

    public override string ToString() => $"{Kind} at {At} ({Step})";
}

/// <summary>What an undisturbed act does, counted: every single fault follows from it, so that none is left out quietly.</summary>
/// <param name="Apdus">Of each APDU, the instruction and the script to which it belongs.</param>
/// <param name="Scripts">Names.</param>
/// <param name="Commits">The audit event of each.</param>
/// <param name="Signatures">How often the authority signed.</param>
public sealed record ActTrace(IReadOnlyList<(byte Instruction, string Script)> Apdus, IReadOnlyList<string> Scripts, IReadOnlyList<string> Commits, int Signatures)
{
    private const byte PutData = 0xDB;
    private static readonly FaultKind[] Torn = [FaultKind.WriteTornOld, FaultKind.WriteTornNew, FaultKind.WriteTornPrefix, FaultKind.WriteTornMixture];

    public IReadOnlyList<Fault> Singles() =>
    [
        .. Each(Apdus, (apdu, at) => (IEnumerable<Fault>)[new(FaultKind.CardCutBefore, at, apdu.Script), new(FaultKind.CardCutAfter, at, apdu.Script)]),
        .. Each(Apdus, (apdu, at) => apdu.Instruction == PutData ? Torn.Select(kind => new Fault(kind, at, apdu.Script)) : []),
        .. Each(Scripts, (name, at) => (IEnumerable<Fault>)[new(FaultKind.ScriptLost, at, name), new(FaultKind.ReplyLost, at, name)]),
        .. Each(Commits, (kind, at) => (IEnumerable<Fault>)[new(FaultKind.KilledBeforeCommit, at, kind), new(FaultKind.KilledAfterCommit, at, kind)]),
        .. Enumerable.Range(1, Signatures).Select(at => new Fault(FaultKind.SignerDown, at, "sign")),
    ];

    private static IEnumerable<Fault> Each<T>(IReadOnlyList<T> points, Func<T, int, IEnumerable<Fault>> faults) => points.SelectMany((point, i) => faults(point, i + 1));
}
