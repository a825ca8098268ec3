using Evercard.CardSimulator;

namespace Evercard.Tests.Faults;

/// <summary>What goes wrong. Each has a point before and one after its effect, where it has an effect.</summary>
public enum FaultKind
{
    // At an APDU.
    CardCutBefore,
    CardCutAfter,
    ReaderUnplugged,
    AgentKilledBefore,
    AgentKilledAfter,

    // At a PUT DATA.
    WriteTornOld,
    WriteTornNew,
    WriteTornPrefix,
    WriteTornMixture,

    // At a script.
    ScriptLost,
    ReplyLost,

    // Between scripts: before one is sent, or after its reply has come.
    ResetByOther,
    ClockAhead,
    ClockBack,
    CertificateExpires,
    FinishByPasses,
    PasscodeBlocked,
    PersonClosed,
    CardCancelled,
    RepairArrives,

    // At a commit.
    KilledBeforeCommit,
    KilledAfterCommit,
    DiskFull,

    // At a signature of the authority. "Answered, but not stored" is KilledBeforeCommit at CertificateIssued.
    SignerDown,
    SignerRefuses,
    SignerSlow,

    // At a message between agent and server, in either direction.
    LinkCutBefore,
    LinkCutAfter,
    MessageLost,
    MessageDoubled,
    MessageLate,
    MessagesSwapped,

    // At the beginning.
    PasscodeWrong,
    PasscodeLocked,
}

/// <summary>Where a kind of fault can strike.</summary>
public enum FaultPoint
{
    Apdu,
    Write,
    Script,
    Moment,
    Commit,
    Signature,
    Message,
    Start,
}

/// <summary>One fault at one point of an act.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">Counted from 1: the APDU, script, moment between scripts, commit, signature, or message of its name.</param>
/// <param name="Step">In words: the script, or the audit event of the commit.</param>
public sealed record Fault(FaultKind Kind, int At, string Step)
{
    /// <summary>Every kind has its point: none can be left out quietly.</summary>
    public static readonly IReadOnlyDictionary<FaultKind, FaultPoint> Points = new Dictionary<FaultKind, FaultPoint>
    {
        [FaultKind.CardCutBefore] = FaultPoint.Apdu,
        [FaultKind.CardCutAfter] = FaultPoint.Apdu,
        [FaultKind.ReaderUnplugged] = FaultPoint.Apdu,
        [FaultKind.AgentKilledBefore] = FaultPoint.Apdu,
        [FaultKind.AgentKilledAfter] = FaultPoint.Apdu,
        [FaultKind.WriteTornOld] = FaultPoint.Write,
        [FaultKind.WriteTornNew] = FaultPoint.Write,
        [FaultKind.WriteTornPrefix] = FaultPoint.Write,
        [FaultKind.WriteTornMixture] = FaultPoint.Write,
        [FaultKind.ScriptLost] = FaultPoint.Script,
        [FaultKind.ReplyLost] = FaultPoint.Script,
        [FaultKind.ResetByOther] = FaultPoint.Moment,
        [FaultKind.ClockAhead] = FaultPoint.Moment,
        [FaultKind.ClockBack] = FaultPoint.Moment,
        [FaultKind.CertificateExpires] = FaultPoint.Moment,
        [FaultKind.FinishByPasses] = FaultPoint.Moment,
        [FaultKind.PasscodeBlocked] = FaultPoint.Moment,
        [FaultKind.PersonClosed] = FaultPoint.Moment,
        [FaultKind.CardCancelled] = FaultPoint.Moment,
        [FaultKind.RepairArrives] = FaultPoint.Moment,
        [FaultKind.KilledBeforeCommit] = FaultPoint.Commit,
        [FaultKind.KilledAfterCommit] = FaultPoint.Commit,
        [FaultKind.DiskFull] = FaultPoint.Commit,
        [FaultKind.SignerDown] = FaultPoint.Signature,
        [FaultKind.SignerRefuses] = FaultPoint.Signature,
        [FaultKind.SignerSlow] = FaultPoint.Signature,
        [FaultKind.LinkCutBefore] = FaultPoint.Message,
        [FaultKind.LinkCutAfter] = FaultPoint.Message,
        [FaultKind.MessageLost] = FaultPoint.Message,
        [FaultKind.MessageDoubled] = FaultPoint.Message,
        [FaultKind.MessageLate] = FaultPoint.Message,
        [FaultKind.MessagesSwapped] = FaultPoint.Message,
        [FaultKind.PasscodeWrong] = FaultPoint.Start,
        [FaultKind.PasscodeLocked] = FaultPoint.Start,
    };

    public FaultPoint Point => Points[Kind];

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

    public override string ToString() => $"{Kind} at {At} ({Step})";
}
