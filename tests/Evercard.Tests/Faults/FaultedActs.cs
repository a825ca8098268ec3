using Evercard.Cards.Scripts;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.PasscodeChange;
using Evercard.Lifecycle.Renewal;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Tests.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Faults;

/// <summary>A self-renewal, finished by its cardholder alone.</summary>
internal sealed class FaultedRenewal(Desk desk, FaultedCard card) : FaultedAct(desk, card, SampleWard.Wren)
{
    private IReadOnlyList<string> old = [];

    public override string Name => "Renewal";

    public static async Task<FaultedAct> Open(FaultedCard card, Mortality life) => new FaultedRenewal(await OpenDesk(card, life), card);

    public override async Task<string?> Begin(Disturbance visit) =>
        Code(await Ward.Visit(Subject.Card, Subject.Id, Session, passcode: visit.Passcode, through: visit.Way));

    public override async Task<string?> Finish(string computer, Disturbance visit)
    {
        // A card with a renewal that touched a key is greeted with "Finish your renewal"; all others with the log-in.
        var (isDone, isBegun) = await Ward.Read(async r =>
        {
            var renewals = await r.Registry.Operations.Where(o => o.SmartcardId == Subject.Id && o.Act == Act.Renewal).ToListAsync();
            var open = renewals.FirstOrDefault(o => o.State is OperationState.Open or OperationState.Waiting);
            return (renewals.Exists(o => o.State == OperationState.Completed), open is not null
                && await r.Registry.OperationSteps.AnyAsync(s => s.OperationId == open.Id && (s.State != StepState.Voided || s.PublicKey != null)));
        });
        if (isDone)
        {
            return null;
        }

        var (session, refused) = isBegun ? (null, null) : await LogIn(computer, visit.Passcode);
        return refused ?? Code(await Ward.Visit(Subject.Card, Subject.Id, session, computer, visit.Passcode, takeOver: true, through: visit.Way));
    }

    public override async Task Check(bool logsIn = true)
    {
        await CardCheck.IsRenewed(Ward, Subject.Card, Subject.Id, old, logsIn ? Passcode : null);
        await CardCheck.TheTrailTellsOfOneRenewal(Ward, Subject.Id);
    }

    protected override async Task Prepare()
    {
        Subject = await Ward.Issue(DaysLeft, Kind.Model, Kind.Algorithm, Holder);
        old = await RenewalTests.Serials(Ward, Subject.Id);
        Session = await Ward.Session(Subject.Card, Subject.Id);
    }

    private static string? Code(RenewalOutcome outcome) => (outcome as RenewalOutcome.Refused)?.Refusal.Code;
}

/// <summary>A repair at an ID Checker's desk, finished at another one.</summary>
internal sealed class FaultedRepair(Desk desk, FaultedCard card) : FaultedAct(desk, card, SamplePeople.Rosa)
{
    public override string Name => "Repair";

    public static async Task<FaultedAct> Open(FaultedCard card, Mortality life) => new FaultedRepair(await OpenDesk(card, life), card);

    public override async Task<string?> Begin(Disturbance visit) =>
        (await Desk.Visit(Subject.Card, Subject.Id, Session, through: visit.Way) as RenewalOutcome.Refused)?.Refusal.Code;

    public override async Task<string?> Finish(string computer, Disturbance visit) => await IsCompleted(Act.Repair)
        ? null
        : (await Desk.Visit(Subject.Card, Subject.Id, await Desk.LogIn(computer), computer, through: visit.Way) as RenewalOutcome.Refused)?.Refusal.Code;

    public override async Task Check(bool logsIn = true)
    {
        await RepairTests.IsRepaired(Desk, Subject.Card, Subject.Id);
        Subject.Card.Image.Puk.TriesLeft.ShouldBe(Subject.Card.Model.PukTries, "no try of the PUK was burnt");
    }

    protected override async Task Prepare()
    {
        Subject = await Desk.Expired(Kind.Model, algorithm: Kind.Algorithm);
        Session = Desk.Session;
    }
}

/// <summary>Another passcode without the old one, set again at another desk.</summary>
internal sealed class FaultedUnlock(Desk desk, FaultedCard card) : FaultedAct(desk, card, SamplePeople.Rosa)
{
    public override string Name => "Unlock";

    public static async Task<FaultedAct> Open(FaultedCard card, Mortality life) => new FaultedUnlock(await OpenDesk(card, life), card);

    public override async Task<string?> Begin(Disturbance visit) => (await Desk.VisitToUnlock(Subject.Card, Subject.Id, Session, through: visit.Way))?.Code;

    public override async Task<string?> Finish(string computer, Disturbance visit) => await IsCompleted(Act.Unlock)
        ? null
        : (await Desk.VisitToUnlock(Subject.Card, Subject.Id, await Desk.LogIn(computer), computer, through: visit.Way))?.Code;

    public override async Task Check(bool logsIn = true)
    {
        (await LogIn("ward4-pc1", Desk.NewPasscode)).Code.ShouldBeNull();
        await CardCheck.HasTwoGoodCertificates(Ward, Subject.Card, Subject.Id);
        Subject.Card.Image.Puk.TriesLeft.ShouldBe(Subject.Card.Model.PukTries, "no try of the PUK was burnt");
    }

    protected override async Task Prepare()
    {
        Subject = await Desk.Working(200, Kind.Model, Kind.Algorithm);
        Session = Desk.Session;
    }
}

/// <summary>A cardholder's own choice of another passcode. Cut, it leaves the old one or the new one, and the person is told to try the new one first.</summary>
internal sealed class FaultedPasscodeChange(Desk desk, FaultedCard card) : FaultedAct(desk, card, SamplePeople.Rosa)
{
    public override string Name => "Passcode";

    public static async Task<FaultedAct> Open(FaultedCard card, Mortality life) => new FaultedPasscodeChange(await OpenDesk(card, life), card);

    public override Task<string?> Begin(Disturbance visit) => Change("ward4-pc1", Session, visit);

    public override async Task<string?> Finish(string computer, Disturbance visit)
    {
        PersonErrs = true;
        var (_, withNew) = await LogIn(computer, Desk.NewPasscode);
        PersonErrs = false;
        if (withNew != "PASSCODE-WRONG")
        {
            return withNew;
        }

        var (session, withOld) = await LogIn(computer, Passcode);
        return withOld ?? await Change(computer, session!, visit);
    }

    public override async Task Check(bool logsIn = true)
    {
        (await LogIn("ward4-pc1", Desk.NewPasscode)).Code.ShouldBeNull();
        await CardCheck.HasTwoGoodCertificates(Ward, Subject.Card, Subject.Id);
    }

    protected override async Task Prepare()
    {
        Subject = await Desk.Working(200, Kind.Model, Kind.Algorithm);
        Session = await Ward.Session(Subject.Card, Subject.Id);
    }

    private async Task<string?> Change(string computer, string session, Disturbance visit)
    {
        using var connection = Ward.PutIn(Subject.Card);
        using var held = SampleWard.Hold(visit.Passcode, Ward.Time);
        using var chosen = SampleWard.Hold(Desk.NewPasscode, Ward.Time);
        var local = new LocalCard(
            connection, CardAct.PasscodeChange, new ActBinding("http://server", computer, Guid.NewGuid().ToString("N"), 0), held, chosen, Ward.Time);
        var outcome = await new PasscodeChange(Ward.Database, Ward.Options, Ward.Time).Run(Subject.Id, session, visit.Way(local), default);
        return (outcome as PasscodeChangeOutcome.Refused)?.Refusal.Code;
    }
}
