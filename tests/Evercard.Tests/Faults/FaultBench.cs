using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.Tests.Lifecycle;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Faults;

/// <summary>How an act ended that was disturbed.</summary>
public enum Ending
{
    /// <summary>By whoever began it, with nobody's help.</summary>
    Finished,

    /// <summary>After a new passcode was set, for it had been blocked.</summary>
    Unlocked,

    /// <summary>The card was cancelled meanwhile: nothing of it is valid.</summary>
    Cancelled,

    /// <summary>Only an ID Checker could help.</summary>
    Repaired,

    /// <summary>What must never happen.</summary>
    Dead,
}

/// <summary>Disturbs an act at every point of an undisturbed one, and has each finished.</summary>
/// <param name="open">The act, in a world of its own.</param>
/// <param name="card">The card.</param>
/// <param name="mutant">A rule broken on purpose on the way to the card; null where it is not.</param>
internal sealed class FaultBench(Func<FaultedCard, Mortality, Task<FaultedAct>> open, FaultedCard card, Func<ICard, SimulatedCard, ICard>? mutant = null)
{
    /// <summary>No more helps than this before an end.</summary>
    private const int MostHelps = 4;

    private static readonly string[] OnlyRepair = ["REPAIR-NEEDED", "RENEWAL-TOO-LATE", "RENEW-EXPIRED", "CARD-EXPIRED", "LOCKED-EXPIRED", "REPAIR-UNFINISHED"];

    /// <summary>An act that is given up halfway because of these: the next one is alarmed by what it has left.</summary>
    private static readonly FaultKind[] GivesUp = [FaultKind.RepairArrives, FaultKind.FinishByPasses, FaultKind.ClockAhead];

    /// <summary>The bench goes on after a failure, so that all of them are seen; not for ever.</summary>
    private const int MostFailures = 40;

    private readonly Mortality life = new();
    private readonly List<string> failures = [];

    /// <summary>Every single fault.</summary>
    public async Task Singles(FaultTable table)
    {
        using var act = await open(card, life);
        foreach (var fault in (await Undisturbed(act)).Singles().TakeWhile(_ => failures.Count < MostFailures))
        {
            await act.Fresh();
            await Case(act, [fault], table);
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
    }

    /// <summary>
    /// Faults two at a time, chosen by chance: the second strikes in the visit that was to finish what the first had cut, or later in the same visit
    /// where the first one does not end it.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="chance">Decides which.</param>
    /// <param name="part">Which of the first faults: so many benches share them, with the same chance, and this is the one with this number.</param>
    /// <param name="table">Is told how each ended.</param>
    public async Task Pairs(int count, Random chance, (int Number, int Of) part, FaultTable table)
    {
        using var act = await open(card, life);
        var singles = (await Undisturbed(act)).Singles().ToArray();
        chance.Shuffle(singles);
        var firsts = singles.Where((_, i) => i % part.Of == part.Number).ToArray();
        var done = 0;
        for (var round = 0; done < count && failures.Count < MostFailures; round++)
        {
            var first = firsts[round % firsts.Length];
            // Many seconds for each first: what the first one left behind is made once, and put back.
            var seconds = Math.Min(count - done, Math.Max(8, (count / firsts.Length) + 1));
            await act.Fresh();
            var told = await Visit(act, [first], act.Begin);
            using var cut = act.Save();
            var goesOn = told.Struck == 1 && told.Code is null;
            var later = goesOn ? singles.Where(f => f.Point == first.Point ? f.At > first.At : f.Point != FaultPoint.Start).ToArray() : await SinglesOfTheNext(act, told);
            chance.Shuffle(later);
            foreach (var second in later.Take(seconds))
            {
                if (goesOn)
                {
                    await act.Fresh();
                    await Case(act, [first, second], table);
                }
                else
                {
                    act.PutBack(cut);
                    await End(act, [first, second], told, table);
                }

                done++;
            }
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
    }

    private async Task<ActTrace> Undisturbed(FaultedAct act)
    {
        await act.Fresh();
        var visit = await Visit(act, [], act.Begin);
        visit.Code.ShouldBeNull();
        await act.Check();
        return visit.Trace;
    }

    /// <summary>Each point of the visit that would finish the act.</summary>
    private async Task<Fault[]> SinglesOfTheNext(FaultedAct act, Told cut)
    {
        var (_, _, trace) = await Finish(act, cut, []);
        return [.. trace?.Singles().Where(f => f.Point != FaultPoint.Start) ?? []];
    }

    private async Task Case(FaultedAct act, IReadOnlyList<Fault> faults, FaultTable table) =>
        await End(act, faults, await Visit(act, faults, act.Begin), table, isFirstVisit: true);

    /// <summary>From a disturbed visit to the end, and everything that must be true then.</summary>
    private async Task End(FaultedAct act, IReadOnlyList<Fault> faults, Told told, FaultTable table, bool isFirstVisit = false)
    {
        var name = $"{act.Name} {card}";
        var what = $"{name}: {string.Join(", then ", faults)}; told {told.Code ?? "completed"}";
        try
        {
            var (ending, reason, _) = await Finish(act, told, isFirstVisit ? [] : [faults[^1]]);
            (ending == Ending.Dead).ShouldBeFalse($"dead: {reason}");
            await (ending switch
            {
                Ending.Repaired => act.CheckRepaired(),
                Ending.Cancelled => CardCheck.IsEnded(act.Ward, act.Subject.Id),
                _ => act.Check(logsIn: faults.Count == 1),
            });
            var trail = await CardCheck.AuditChainIsWhole(act.Ward);
            if (ending != Ending.Repaired && faults is [var only] && !GivesUp.Contains(only.Kind))
            {
                trail.Where(e => e.SmartcardId == act.Subject.Id && e.Facts.GetValueOrDefault("alarm", "no") != "no").Select(e => $"{e.Kind}: {e.Facts["alarm"]}").ShouldBeEmpty("the journal knew nothing of a key");
            }

            table.Add(name, faults, told.Code, ending, reason);
        }
        catch (Exception e)
        {
            // Whatever is not as it must be counts as dead: the table says it too.
            table.Add(name, faults, told.Code, Ending.Dead, reason: null);
            failures.Add($"{what}\n    {(e is ShouldAssertException ? e.Message.ReplaceLineEndings(" ") : e)}");
        }
    }

    /// <summary>The cardholder goes on at another computer (an act at a desk: another operator), and is helped where something else stands in the way.</summary>
    /// <param name="act">Cut.</param>
    /// <param name="cut">The visit that was cut.</param>
    /// <param name="faults">What goes wrong in the first visit that follows.</param>
    private async Task<(Ending Ending, string? Reason, ActTrace? Trace)> Finish(FaultedAct act, Told cut, IReadOnlyList<Fault> faults)
    {
        var (ending, told) = (Ending.Finished, cut);
        for (var helps = 0; helps <= MostHelps; helps++)
        {
            var computer = told.AgentDied ? "ward4-pc1" : $"ward4-pc{2 - (helps % 2)}";
            told = await Visit(act, faults, visit => act.Finish(computer, visit), told.AgentDied);
            var struck = told.Struck > 0;
            if (struck)
            {
                faults = [];
            }

            switch (told.Code)
            {
                case null when act.Happened.Contains(FaultKind.CardCancelled):
                    return (Ending.Cancelled, null, told.Trace);
                case null when act.Happened.Contains(FaultKind.RepairArrives) && await act.RepairIsUnderWay():
                    return await Repair(act, "an operator began a repair meanwhile");
                case null when act.Subject.Card.Image.Passcode.TriesLeft > 0:
                    await Meanwhile.Reopen(act);
                    return (ending, null, told.Trace);
                case "PROFILE-CLOSED":
                    await Meanwhile.Reopen(act);
                    break;
                case null or "CARD-LOCKED":
                    switch (await act.Unlock())
                    {
                        case null:
                            ending = Ending.Unlocked;
                            break;
                        case "CARD-CANCELLED":
                            return (Ending.Cancelled, "CARD-CANCELLED", told.Trace);
                        case "PROFILE-CLOSED":
                            await Meanwhile.Reopen(act);
                            break;
                        case { } notUnlocked:
                            return await Repair(act, notUnlocked);
                    }

                    break;
                case "CARD-CANCELLED":
                    return (Ending.Cancelled, told.Code, told.Trace);
                case { } code when OnlyRepair.Contains(code):
                    return await Repair(act, code);
                default:
                    if (!struck)
                    {
                        return (Ending.Dead, told.Code, null);
                    }

                    break;
            }
        }

        return (Ending.Dead, $"no end after {MostHelps} helps, at last {told.Code}", null);
    }

    private static async Task<(Ending Ending, string? Reason, ActTrace? Trace)> Repair(FaultedAct act, string reason) =>
        await act.Repair() is { } dead ? (Ending.Dead, $"{reason}, and the repair: {dead}", null) : (Ending.Repaired, reason, null);

    private async Task<Told> Visit(FaultedAct act, IReadOnlyList<Fault> faults, Func<Disturbance, Task<string?>> visit, bool cardStayed = false)
    {
        var wrong = 0;
        act.Subject.Card.Transcript = exchange => wrong += !act.PersonErrs && IsWrongTry(exchange) ? 1 : 0;
        if (!cardStayed || act.Ward.StayingIn?.CardIn(FaultedAct.Reader) != act.Subject.Card)
        {
            act.Ward.StayingIn?.Dispose();
            act.Ward.StayingIn = new SimulatedReaders(FaultedAct.Reader);
        }

        var disturbance = new Disturbance(act, life, faults, mutant);
        disturbance.Arm();
        string? code;
        try
        {
            code = await visit(disturbance);
        }
        catch (ProcessKilledException)
        {
            life.Restart();
            code = "(killed)";
        }
        catch (Exception e) when (e is SqliteException { SqliteErrorCode: 13 } or DbUpdateException { InnerException: SqliteException })
        {
            code = "SERVICE-FAILED";
        }

        var trace = disturbance.Trace;
        disturbance.Disarm();
        act.Subject.Card.Transcript = null;
        if (!disturbance.AgentDied)
        {
            act.Ward.StayingIn!.Dispose();
            act.Ward.StayingIn = null;
        }

        if (wrong > 0)
        {
            failures.Add($"{act.Name} {card}: {string.Join(", then ", faults)}: a try of the passcode was burnt by us");
        }

        if (disturbance.Struck > 0 && !act.Happened.Contains(FaultKind.CardCancelled))
        {
            await CardCheck.NothingIsRetiredTooSoon(act.Ward, act.Subject.Id);
        }

        return new Told(code, disturbance.Struck, disturbance.AgentDied, trace);
    }

    /// <summary>VERIFY with a passcode, answered 63Cx; where the card is locked already there is no try to burn. Of two PUKs that may hold, each is tried once: that is no wrong try.</summary>
    private static bool IsWrongTry(ApduExchange exchange) =>
        exchange is { Command: { Ins: PivInstruction.Verify, Data.IsEmpty: false }, Answer.Status: { TriesLeft: not null } status } && status != StatusWord.AuthenticationMethodBlocked;

    /// <summary>How a visit ended.</summary>
    /// <param name="Code">Of the refusal; null where the act was completed.</param>
    /// <param name="Struck">How many faults happened.</param>
    /// <param name="AgentDied">The card is still in its reader.</param>
    /// <param name="Trace">What was done.</param>
    private sealed record Told(string? Code, int Struck, bool AgentDied, ActTrace Trace);
}
