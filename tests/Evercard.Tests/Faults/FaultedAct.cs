using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Evercard.Tests.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Faults;

/// <summary>An act on one fresh card that can be disturbed at any point, and finished by whoever may, at another computer.</summary>
internal abstract class FaultedAct(Mortality life) : IDisposable
{
    public abstract string Name { get; }

    public abstract Ward Ward { get; }

    public MortalDatabase Database => (MortalDatabase)Ward.Database;

    public (SimulatedCard Card, Guid Id) Subject { get; protected set; }

    protected Mortality Life { get; } = life;

    /// <summary>A fresh card, and whoever is to log in has.</summary>
    public abstract Task Prepare();

    /// <summary>The act at the first computer.</summary>
    /// <returns>Null where it was completed; otherwise the refusal's code.</returns>
    public abstract Task<string?> Begin(Func<ICard, ICard> through);

    /// <summary>The same card at another computer, with nothing but what is on it and in the database.</summary>
    /// <returns>Null where it was completed; otherwise the refusal's code.</returns>
    public abstract Task<string?> Finish();

    /// <summary>Fails where anything is lost, doubled, orphaned or burnt.</summary>
    public abstract Task Check();

    public abstract void Dispose();

    protected Task<bool> IsCompleted(Act act) =>
        Ward.Read(r => r.Registry.Operations.AnyAsync(o => o.SmartcardId == Subject.Id && o.Act == act && o.State == OperationState.Completed));
}

/// <summary>A self-renewal, finished by its cardholder alone.</summary>
internal sealed class FaultedRenewal(Ward ward, CardModel model, Mortality life) : FaultedAct(life)
{
    private IReadOnlyList<string> old = [];
    private string session = "";

    public override string Name => "Renewal";

    public override Ward Ward => ward;

    public static async Task<FaultedAct> Open(CardModel model, Mortality life) =>
        new FaultedRenewal(await Ward.Open(database: (file, time) => new MortalDatabase(file, time, life)), model, life);

    public override async Task Prepare()
    {
        Subject = await ward.Issue(model: model);
        old = await RenewalTests.Serials(ward, Subject.Id);
        session = await ward.Session(Subject.Card, Subject.Id);
    }

    public override async Task<string?> Begin(Func<ICard, ICard> through) =>
        (await ward.Visit(Subject.Card, Subject.Id, session, through: through) as RenewalOutcome.Refused)?.Refusal.Code;

    public override async Task<string?> Finish()
    {
        if (await IsCompleted(Act.Renewal))
        {
            return null;
        }

        var begun = await ward.Read(r => r.Registry.OperationSteps.AnyAsync(
            s => r.Registry.Operations.Any(o => o.Id == s.OperationId && o.SmartcardId == Subject.Id && o.Act == Act.Renewal)));
        var again = begun ? null : await ward.Session(Subject.Card, Subject.Id, "ward4-pc2");
        return (await ward.Visit(Subject.Card, Subject.Id, again, "ward4-pc2", takeOver: true) as RenewalOutcome.Refused)?.Refusal.Code;
    }

    public override Task Check() => CardCheck.IsRenewed(ward, Subject.Card, Subject.Id, old);

    public override void Dispose() => ward.Dispose();
}

/// <summary>A repair at an ID Checker's desk, finished at another one.</summary>
internal sealed class FaultedRepair(Desk desk, CardModel model, Mortality life) : FaultedAct(life)
{
    public override string Name => "Repair";

    public override Ward Ward => desk.Ward;

    public static async Task<FaultedAct> Open(CardModel model, Mortality life) =>
        new FaultedRepair(await Desk.Open(database: (file, time) => new MortalDatabase(file, time, life)), model, life);

    public override async Task Prepare() => Subject = await desk.Expired(model);

    public override async Task<string?> Begin(Func<ICard, ICard> through) =>
        (await desk.Visit(Subject.Card, Subject.Id, through: through) as RenewalOutcome.Refused)?.Refusal.Code;

    public override async Task<string?> Finish() => await IsCompleted(Act.Repair)
        ? null
        : (await desk.Visit(Subject.Card, Subject.Id, await desk.LogIn("ward4-pc2"), "ward4-pc2") as RenewalOutcome.Refused)?.Refusal.Code;

    public override async Task Check()
    {
        await RepairTests.IsRepaired(desk, Subject.Card, Subject.Id);
        Subject.Card.Image.Puk.TriesLeft.ShouldBe(Subject.Card.Model.PukTries, "no try of the PUK was burnt");
    }

    public override void Dispose() => desk.Dispose();
}

/// <summary>Another passcode without the old one, set again at another desk.</summary>
internal sealed class FaultedUnlock(Desk desk, CardModel model, Mortality life) : FaultedAct(life)
{
    public override string Name => "Unlock";

    public override Ward Ward => desk.Ward;

    public static async Task<FaultedAct> Open(CardModel model, Mortality life) =>
        new FaultedUnlock(await Desk.Open(database: (file, time) => new MortalDatabase(file, time, life)), model, life);

    public override async Task Prepare() => Subject = await desk.Working(200, model);

    public override async Task<string?> Begin(Func<ICard, ICard> through) => (await desk.VisitToUnlock(Subject.Card, Subject.Id, through: through))?.Code;

    public override async Task<string?> Finish() => await IsCompleted(Act.Unlock)
        ? null
        : (await desk.VisitToUnlock(Subject.Card, Subject.Id, await desk.LogIn("ward4-pc2"), "ward4-pc2"))?.Code;

    public override async Task Check()
    {
        (await Ward.LogInWith(Subject.Card, Subject.Id, passcode: Desk.NewPasscode)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        await CardCheck.HasTwoGoodCertificates(Ward, Subject.Card, Subject.Id);
        Subject.Card.Image.Puk.TriesLeft.ShouldBe(Subject.Card.Model.PukTries, "no try of the PUK was burnt");
    }

    public override void Dispose() => desk.Dispose();
}
