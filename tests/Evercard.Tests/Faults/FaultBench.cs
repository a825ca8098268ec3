using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.Tests.Lifecycle;

namespace Evercard.Tests.Faults;

/// <summary>Disturbs an act at every point of an undisturbed one, and has each finished.</summary>
/// <param name="open">The act, in a world of its own.</param>
/// <param name="model">The card.</param>
/// <param name="mutant">A rule broken on purpose on the way to the card; null where it is not.</param>
internal sealed class FaultBench(Func<CardModel, Mortality, Task<FaultedAct>> open, CardModel model, Func<ICard, SimulatedCard, ICard>? mutant = null)
{
    /// <summary>A repair moves the clock on by days: before the operator's own card expires, everything begins anew.</summary>
    private const int CasesInOneWorld = 60;

    /// <summary>Every single fault.</summary>
    public async Task Run(FaultTable table)
    {
        var life = new Mortality();
        var act = await open(model, life);
        try
        {
            var trace = await Undisturbed(act, life);
            foreach (var (fault, i) in trace.Singles().Select((fault, i) => (fault, i)))
            {
                if (i > 0 && i % CasesInOneWorld == 0)
                {
                    await CardCheck.AuditChainIsWhole(act.Ward);
                    act.Dispose();
                    act = await open(model, life);
                }

                await Try(act, life, fault, table);
            }

            await CardCheck.AuditChainIsWhole(act.Ward);
        }
        finally
        {
            act.Dispose();
        }
    }

    private async Task<ActTrace> Undisturbed(FaultedAct act, Mortality life)
    {
        await act.Prepare();
        act.Database.Watch();
        var (before, signatures) = (act.Subject.Card.ApdusSeen, 0);
        act.Ward.BeforeSigning = () => ++signatures < 0;
        var instructions = new List<byte>();
        act.Subject.Card.Transcript = exchange => instructions.Add(exchange.Command.Ins);
        FaultyWay? way = null;
        (await act.Begin(card => way = new FaultyWay(Way(card, act), act.Subject.Card, life))).ShouldBeNull();
        act.Subject.Card.Transcript = null;
        act.Ward.BeforeSigning = null;
        var (commits, scripts) = (act.Database.Seen.ToList(), way!.Scripts);
        await act.Check();

        // Selecting the application when the card is put in comes before the first script.
        string Script(int apdu) => scripts.LastOrDefault(script => script.Apdus < before + apdu).Name ?? scripts[0].Name;
        return new ActTrace([.. instructions.Select((instruction, i) => (instruction, Script(i + 1)))], [.. scripts.Select(script => script.Name)], commits, signatures);
    }

    private async Task Try(FaultedAct act, Mortality life, Fault fault, FaultTable table)
    {
        await act.Prepare();
        var wrong = 0;
        act.Subject.Card.Transcript = exchange => wrong += IsWrongTry(exchange) ? 1 : 0;
        Arm(act, fault);
        try
        {
            var told = await act.Begin(card => new FaultyWay(Way(card, act), act.Subject.Card, life)
            {
                LoseAt = fault.Kind is FaultKind.ScriptLost or FaultKind.ReplyLost ? fault.At : 0,
                OnlyTheReply = fault.Kind == FaultKind.ReplyLost,
            });
            told.ShouldBe(fault.Told, $"{act.Name}: {fault}");
        }
        catch (ProcessKilledException)
        {
            life.Restart();
        }

        act.Database.Watch();
        act.Ward.BeforeSigning = null;
        await CardCheck.NothingIsRetiredTooSoon(act.Ward, act.Subject.Id);
        var refusal = await act.Finish();
        table.Add(act.Name, fault, isFinished: refusal is null, needsRepair: refusal == "REPAIR-NEEDED");
        refusal.ShouldBeNull($"{act.Name}: {fault}");
        wrong.ShouldBe(0, $"a try of the passcode was burnt by us: {act.Name}: {fault}");
        act.Subject.Card.Transcript = null;
        await act.Check();
    }

    private ICard Way(ICard card, FaultedAct act) => mutant?.Invoke(card, act.Subject.Card) ?? card;

    /// <summary>VERIFY with a passcode, answered 63Cx or blocked. Of two PUKs that may hold, each is tried once: that is no wrong try.</summary>
    private static bool IsWrongTry(ApduExchange exchange) =>
        exchange is { Command: { Ins: PivInstruction.Verify, Data.IsEmpty: false }, Answer.Status.TriesLeft: not null };

    private static void Arm(FaultedAct act, Fault fault)
    {
        act.Database.Watch();
        switch (fault.Kind)
        {
            case FaultKind.KilledBeforeCommit or FaultKind.KilledAfterCommit:
                (act.Database.KillAt, act.Database.AfterEffect) = (fault.At, fault.Kind == FaultKind.KilledAfterCommit);
                break;
            case FaultKind.SignerDown:
                var signatures = 0;
                act.Ward.BeforeSigning = () => ++signatures == fault.At;
                break;
            default:
                if (fault.Cut is { } cut)
                {
                    act.Subject.Card.CutAt(act.Subject.Card.ApdusSeen + fault.At, cut);
                }

                break;
        }
    }
}
