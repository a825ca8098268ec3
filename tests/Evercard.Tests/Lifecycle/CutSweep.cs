using Evercard.CardSimulator;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>Renewals of one kind of card, cut at counted APDUs and finished at another computer.</summary>
internal sealed class CutSweep(Ward ward, Func<Task<(SimulatedCard Card, Guid Id)>> issue)
{
    /// <summary>The instruction of each APDU of a whole renewal.</summary>
    public async Task<IReadOnlyList<byte>> Undisturbed()
    {
        var (card, id) = await issue();
        var session = await ward.Session(card, id);
        var seen = new List<byte>();
        card.Transcript = exchange => seen.Add(exchange.Command.Ins);
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Completed>();
        card.Transcript = null;
        seen.Count.ShouldBeGreaterThan(40);
        return seen;
    }

    /// <param name="apdu">Counts from 1 at the first APDU of the renewal.</param>
    /// <param name="point">Before, after or inside its effect.</param>
    public async Task CutAndFinish(int apdu, CutPoint point)
    {
        var where = $"cut at APDU {apdu}, {point}";
        var (card, id) = await issue();
        var old = await RenewalTests.Serials(ward, id);
        var session = await ward.Session(card, id);
        card.CutAt(card.ApdusSeen + apdu, point);

        var cut = (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>(where);
        cut.Refusal.Code.ShouldBe("CARD-REMOVED", where);

        // Another computer: with an intent the card alone gives the right to finish, without one its holder logs in again.
        var begun = await ward.Read(r => r.Registry.OperationSteps.AnyAsync(s => r.Registry.Operations.Any(o => o.Id == s.OperationId && o.SmartcardId == id && o.Act == Act.Renewal)));
        var again = begun ? null : await ward.Session(card, id, "ward4-pc2");
        (await ward.Visit(card, id, again, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>(where);
        await CardCheck.IsRenewed(ward, card, id, old);
    }
}
