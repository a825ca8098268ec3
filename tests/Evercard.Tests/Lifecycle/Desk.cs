using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Computers;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Repair = Evercard.Lifecycle.Repair.Repair;
using Unlock = Evercard.Lifecycle.Unlock.Unlock;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>The desk of an ID Checker: two approved computers, her own card, and somebody's expired one.</summary>
internal sealed class Desk : IDisposable
{
    public const string NewPasscode = "284617";

    private Desk(Ward ward)
    {
        Ward = ward;
        Opening = new DeskOpening(ward.Database, RoleTable.Of(RoleTable.Classic), ward.Options, ward.Time);
        Confirmation = new OperatorConfirmation(ward.Database, ward.Options, ward.Time);
        Repair = new Repair(ward.Database, ward.Authority, ward.Options, ward.Time, ward.Renewal);
        Unlock = new Unlock(ward.Database, ward.Authority, ward.Options, ward.Time);
    }

    public Ward Ward { get; }

    public DeskOpening Opening { get; }

    public OperatorConfirmation Confirmation { get; }

    public Repair Repair { get; }

    public Unlock Unlock { get; }

    /// <summary>Priya's.</summary>
    public (SimulatedCard Card, Guid Id) Own { get; private set; }

    /// <summary>Her log-in as ID Checker at the first computer.</summary>
    public string Session { get; private set; } = "";

    public static async Task<Desk> Open(bool approved = true, Func<string, TimeProvider, Database>? database = null, LifecycleOptions? options = null)
    {
        var desk = new Desk(await Ward.Open(options, database));
        foreach (var agent in approved ? (string[])["ward4-pc1", "ward4-pc2"] : [])
        {
            (await new ComputerApproval(desk.Ward.Database).Approve(agent, null, default)).ShouldBeTrue();
        }

        desk.Own = await desk.Ward.Issue(600, person: SamplePeople.Priya);
        return desk;
    }

    /// <summary>A card of Rosa's that has expired, and Priya's log-in after that.</summary>
    public async Task<(SimulatedCard Card, Guid Id)> Expired(CardModel? model = null, SamplePerson? person = null, PivAlgorithm algorithm = PivAlgorithm.P256)
    {
        var card = await Ward.Issue(1, model, algorithm, person ?? SamplePeople.Rosa);
        Ward.Time.Now += TimeSpan.FromDays(3);
        Session = await LogIn();
        return card;
    }

    /// <summary>A card of Rosa's that works for so many days, and Priya's log-in.</summary>
    public async Task<(SimulatedCard Card, Guid Id)> Working(int days, CardModel? model = null, PivAlgorithm algorithm = PivAlgorithm.P256)
    {
        var card = await Ward.Issue(days, model, algorithm, SamplePeople.Rosa);
        Session = await LogIn();
        return card;
    }

    /// <summary>Priya logs in, as ID Checker unless another role is named.</summary>
    public async Task<string> LogIn(string agent = "ward4-pc1", string role = "ID Checker", (SimulatedCard Card, Guid Id)? with = null)
    {
        var (card, id) = with ?? Own;
        var session = await Ward.Session(card, id, agent);
        await Ward.Database.Write(
            async r =>
            {
                var log = await r.Registry.Sessions.SingleAsync(s => s.Id == session);
                log.RoleProfileId = (await r.Registry.RoleProfiles.SingleAsync(p => p.PersonUuid == log.PersonUuid && p.RoleName == role)).Id;
                await r.Registry.Save(new Evercard.Registry.Audit.AuditEvent { Kind = "RoleChosen" }, default);
            },
            default);
        return session;
    }

    public Task<DeskOpened> Ask(
        Guid id, string? session = null, string agent = "ward4-pc1", IdentityEvidence evidence = IdentityEvidence.Photograph, string? reason = null, bool isHere = true,
        Act act = Act.Repair) =>
        Opening.Open(new DeskRequest(act, id, session ?? Session, agent, isHere, evidence, reason), default);

    public async Task<Refusal?> Confirm(
        Guid operation, string? session = null, string agent = "ward4-pc1", (SimulatedCard Card, Guid Id)? with = null, string passcode = SampleWard.Passcode)
    {
        var (card, id) = with ?? Own;
        using var readers = new SimulatedReaders("own");
        readers.Insert("own", card);
        using var connection = readers.Connect("own");
        using var held = SampleWard.Hold(passcode, Ward.Time);
        var local = new LocalCard(connection, CardAct.Confirmation, new ActBinding("http://server", agent, $"confirm-{operation:N}", 0), held, null, Ward.Time);
        return await Confirmation.Run(operation, session ?? Session, id, local, default);
    }

    /// <summary>The cardholder's part, and the card's.</summary>
    public async Task<RenewalOutcome> Run(
        SimulatedCard card, Guid id, Guid operation, string? session = null, string agent = "ward4-pc1", string passcode = NewPasscode, Func<ICard, ICard>? through = null)
    {
        var begun = await Opening.Begin(Act.Repair, operation, id, session ?? Session, agent, default);
        if (begun is DeskOpened.Refused no)
        {
            return new RenewalOutcome.Refused(no.Refusal) { CardTime = default };
        }

        var at = (DeskOpened.At)begun;
        using var connection = Ward.PutIn(card);
        using var chosen = SampleWard.Hold(passcode, Ward.Time);
        using var held = chosen.Copy();
        ICard local = new LocalCard(connection, CardAct.Repair, new ActBinding("http://server", agent, operation.ToString("N"), at.Epoch), held, chosen, Ward.Time);
        return await Repair.Run(at, through?.Invoke(local) ?? local, null, default);
    }

    /// <summary>An unlock from the question who it is to its end.</summary>
    /// <returns>Null where the card has the passcode.</returns>
    public async Task<Refusal?> VisitToUnlock(
        SimulatedCard card, Guid id, string? session = null, string agent = "ward4-pc1", string passcode = NewPasscode, Func<ICard, ICard>? through = null)
    {
        var opened = await Ask(id, session, agent, IdentityEvidence.Passport, act: Act.Unlock);
        if (opened is not DeskOpened.At at)
        {
            return ((DeskOpened.Refused)opened).Refusal;
        }

        (await Confirm(at.OperationId, session, agent)).ShouldBeNull();
        var begun = await Opening.Begin(Act.Unlock, at.OperationId, id, session ?? Session, agent, default);
        if (begun is not DeskOpened.At now)
        {
            return ((DeskOpened.Refused)begun).Refusal;
        }

        using var connection = Ward.PutIn(card);
        using var chosen = SampleWard.Hold(passcode, Ward.Time);
        using var held = chosen.Copy();
        ICard local = new LocalCard(connection, CardAct.Unlock, new ActBinding("http://server", agent, at.OperationId.ToString("N"), now.Epoch), held, chosen, Ward.Time);
        return await Unlock.Run(now, through?.Invoke(local) ?? local, default);
    }

    /// <summary>All of it at one computer.</summary>
    public async Task<RenewalOutcome> Visit(
        SimulatedCard card, Guid id, string? session = null, string agent = "ward4-pc1", string passcode = NewPasscode, Func<ICard, ICard>? through = null, string? reason = null)
    {
        var opened = await Ask(id, session, agent, reason: reason);
        if (opened is not DeskOpened.At at)
        {
            return new RenewalOutcome.Refused(((DeskOpened.Refused)opened).Refusal) { CardTime = default };
        }

        (await Confirm(at.OperationId, session, agent)).ShouldBeNull();
        return await Run(card, id, at.OperationId, session, agent, passcode, through);
    }

    public void Dispose() => Ward.Dispose();
}
