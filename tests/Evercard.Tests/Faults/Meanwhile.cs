using Evercard.Cards.Piv;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Cancellation;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Faults;

/// <summary>What other people, programs and clocks do while an act is under way.</summary>
internal static class Meanwhile
{
    public static Task Happen(FaultKind kind, FaultedAct act)
    {
        act.Happened.Add(kind);
        switch (kind)
        {
            case FaultKind.ClockAhead:
                act.Ward.Time.Advance(TimeSpan.FromMinutes(20));
                break;
            case FaultKind.ClockBack:
                act.Ward.Time.Advance(TimeSpan.FromHours(-1));
                break;
            case FaultKind.CertificateExpires:
                act.Ward.Time.Advance(TimeSpan.FromDays(FaultedAct.DaysLeft + 1));
                break;
            case FaultKind.FinishByPasses:
                act.Ward.Time.Advance(TimeSpan.FromDays(act.Ward.Options.FinishByDays + 1));
                break;
            case FaultKind.PasscodeBlocked:
                BlockPasscode(act);
                break;
            case FaultKind.ResetByOther:
                // Another program opens the card, looks at it, and lets go of it with a reset.
                using (var other = act.Ward.StayingIn!.Connect(FaultedAct.Reader))
                {
                    other.Transmit(PivCommands.Select());
                }

                break;
            case FaultKind.PersonClosed:
                return SetPerson(act, PersonStatus.Closed);
            case FaultKind.CardCancelled:
                return Cancel(act);
            case FaultKind.RepairArrives:
                return ArriveWithRepair(act);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not between scripts.");
        }

        return Task.CompletedTask;
    }

    /// <summary>Somebody else types what is wrong until the card is locked.</summary>
    public static void BlockPasscode(FaultedAct act)
    {
        act.PersonErrs = true;
        var card = act.Subject.Card;
        var hadPower = card.HasPower;
        if (!hadPower)
        {
            card.PowerOn();
        }

        card.Transmit(PivCommands.Select());
        while (card.Transmit(PivCommands.Verify("00000000"u8)).Status.TriesLeft is not 0 && card.Image.Passcode.TriesLeft > 0)
        {
        }

        if (!hadPower)
        {
            card.PowerOff();
        }

        act.PersonErrs = false;
    }

    /// <summary>Whoever closed the profile by mistake opens it again.</summary>
    public static async Task Reopen(FaultedAct act)
    {
        if (act.Happened.Remove(FaultKind.PersonClosed))
        {
            await SetPerson(act, PersonStatus.Active);
        }
    }

    private static Task SetPerson(FaultedAct act, PersonStatus status) => act.Ward.Database.Write(
        async r =>
        {
            var person = await r.Registry.People.SingleAsync(p => p.Uuid == act.Holder.Uuid);
            (person.Status, person.ClosedAt) = (status, status == PersonStatus.Closed ? act.Ward.Time.Now : null);
            await r.Registry.Save(new AuditEvent { Kind = "ProfileChanged", PersonUuid = person.Uuid }, default);
        },
        default);

    private static async Task Cancel(FaultedAct act)
    {
        var ward = act.Ward;
        var session = await act.Desk.LogIn("ward4-pc2");
        var cancellation = new Cancellation(
            ward.Database, ward.Authority, RoleTable.Of(RoleTable.Classic), new SessionLife(ward.Database, ward.Options, ward.Time), ward.Options, ward.Time);
        (await cancellation.Cancel(new CancellationRequest(act.Subject.Id, session, "ward4-pc2", CancellationReason.Lost), default)).ShouldBeNull();
    }

    /// <summary>An ID Checker at another computer says that the card is there, and begins its repair.</summary>
    private static async Task ArriveWithRepair(FaultedAct act)
    {
        var session = await act.Desk.LogIn("ward4-pc2");
        var opened = await act.Desk.Ask(act.Subject.Id, session, "ward4-pc2", IdentityEvidence.Passport, "The holder says that it fails.");
        if (opened is DeskOpened.At at)
        {
            (await act.Desk.Confirm(at.OperationId, session, "ward4-pc2")).ShouldBeNull();
            (await act.Desk.Opening.Begin(Act.Repair, at.OperationId, act.Subject.Id, session, "ward4-pc2", default)).ShouldBeOfType<DeskOpened.At>();
        }
    }
}
