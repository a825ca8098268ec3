using System.Security.Cryptography;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;

namespace Evercard.Tests.Faults;

/// <summary>One visit, disturbed: stands between server and card, and counts every point at which something can go wrong.</summary>
/// <param name="act">The act.</param>
/// <param name="life">Of the server's process.</param>
/// <param name="faults">What goes wrong at which point; none: the visit is only watched.</param>
/// <param name="mutant">A rule broken on purpose on the way to the card.</param>
internal sealed class Disturbance(FaultedAct act, Mortality life, IReadOnlyList<Fault> faults, Func<ICard, SimulatedCard, ICard>? mutant = null)
{
    private readonly List<(byte Instruction, string Script)> apdus = [];
    private readonly List<string> scripts = [];
    private int moments;
    private int signatures;

    /// <summary>How many of the faults happened.</summary>
    public int Struck { get; private set; }

    /// <summary>The agent's process is gone, and the card stays in its reader as it was.</summary>
    public bool AgentDied { get; private set; }

    public string Passcode => Strikes(FaultPoint.Start, 1) is { Kind: FaultKind.PasscodeWrong } ? "111222" : act.Passcode;

    /// <summary>What the visit did.</summary>
    public ActTrace Trace => new([.. apdus], [.. scripts], [.. act.Database.Seen], signatures);

    /// <summary>From here on the faults can strike.</summary>
    public void Arm()
    {
        act.Database.Watch();
        foreach (var fault in faults.Where(f => f.Point == FaultPoint.Commit))
        {
            act.Database.Fail(fault.Kind, fault.At, () => Struck++);
        }

        act.Ward.Wire = connection => new Wire(this, connection);
        act.Ward.BeforeSigning = IsSignerDown;
        if (faults.Any(f => f.Kind == FaultKind.PasscodeLocked))
        {
            Meanwhile.BlockPasscode(act);
            Struck++;
        }
        else if (faults.Any(f => f.Kind == FaultKind.PasscodeWrong))
        {
            act.PersonErrs = true;
            Struck++;
        }
    }

    public void Disarm()
    {
        act.Database.Watch();
        act.Ward.Wire = null;
        act.Ward.BeforeSigning = null;
        act.PersonErrs = false;
    }

    public ICard Way(ICard card) => new Scripts(this, mutant?.Invoke(card, act.Subject.Card) ?? card);

    private Fault? Strikes(FaultPoint point, int at) => faults.FirstOrDefault(f => f.Point == point && f.At == at);

    private bool IsSignerDown()
    {
        signatures++;
        if (Strikes(FaultPoint.Signature, signatures) is not { } fault)
        {
            return false;
        }

        Struck++;
        switch (fault.Kind)
        {
            case FaultKind.SignerSlow:
                act.Ward.Time.Advance(TimeSpan.FromMinutes(10));
                return false;
            case FaultKind.SignerRefuses:
                throw new CryptographicException("The key store refuses this signature.");
            default:
                return true;
        }
    }

    private async Task Moment()
    {
        moments++;
        if (Strikes(FaultPoint.Moment, moments) is { } fault)
        {
            Struck++;
            await Meanwhile.Happen(fault.Kind, act);
        }
    }

    private ResponseApdu Transmit(ICardConnection card, CommandApdu command)
    {
        MustLive();
        apdus.Add((command.Ins, scripts[^1]));
        var here = faults.Where(f => f.Point is FaultPoint.Apdu or FaultPoint.Write && f.At == apdus.Count).ToList();
        Struck += here.Count;
        foreach (var fault in here)
        {
            if (fault.Cut is { } cut)
            {
                act.Subject.Card.CutAt(act.Subject.Card.ApdusSeen + 1, cut);
            }
            else if (fault.Kind == FaultKind.ReaderUnplugged)
            {
                act.Ward.StayingIn!.Unplug(FaultedAct.Reader);
            }
            else if (fault.Kind == FaultKind.AgentKilledBefore)
            {
                AgentDied = true;
                MustLive();
            }
        }

        var answer = card.Transmit(command);
        if (here.Exists(fault => fault.Kind == FaultKind.AgentKilledAfter))
        {
            AgentDied = true;
            MustLive();
        }

        return answer;
    }

    private void MustLive()
    {
        if (AgentDied)
        {
            throw new CardConnectionException(CardConnectionFailure.LinkLost, "The agent was killed.");
        }
    }

    /// <summary>What the server sees.</summary>
    private sealed class Scripts(Disturbance visit, ICard card) : ICard
    {
        public ActBinding Binding => card.Binding;

        public async Task<ScriptReply> Run(CardScript script, CancellationToken cancellation)
        {
            visit.Life.MustLive();
            visit.MustLive();
            visit.scripts.Add(script.Name);
            await visit.Moment();
            var lost = visit.Strikes(FaultPoint.Script, visit.scripts.Count);
            visit.Struck += lost is null ? 0 : 1;
            if (lost?.Kind == FaultKind.ScriptLost)
            {
                throw Lost();
            }

            var reply = await card.Run(script, cancellation);
            visit.MustLive();
            if (lost is not null)
            {
                throw Lost();
            }

            await visit.Moment();
            return reply;
        }

        private static CardConnectionException Lost() => new(CardConnectionFailure.LinkLost, "The link was lost.");
    }

    /// <summary>What the agent sees. A process that was killed does nothing more to the card.</summary>
    private sealed class Wire(Disturbance visit, ICardConnection card) : ICardConnection
    {
        public string Reader => card.Reader;

        public ReadOnlyMemory<byte> Atr => card.Atr;

        public ResponseApdu Transmit(CommandApdu command) => visit.Transmit(card, command);

        public void Reset()
        {
            visit.MustLive();
            card.Reset();
        }

        public IDisposable BeginTransaction() => card.BeginTransaction();

        public void Dispose()
        {
            if (!visit.AgentDied)
            {
                card.Dispose();
            }
        }
    }

    private Mortality Life => life;
}
