using System.Text.RegularExpressions;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.Cancellation;
using Evercard.Lifecycle.Notifications;
using Evercard.Lifecycle.PasscodeChange;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Cards.Scripts;
using Evercard.Protocol;
using Evercard.Registry.Notifications;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle.Notifications;

/// <summary>No act without its notification, and none for an act that was not done.</summary>
public sealed class ToldCardholderTests
{
    [Fact]
    public async Task A_renewal_is_told_once_at_every_contact()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue(person: SamplePeople.Odile);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();

        var told = await Told(ward, id);
        told.Select(one => (one.Channel, one.Address)).ShouldBe([(NotificationChannel.Email, SamplePeople.Odile.Email!), (NotificationChannel.Text, SamplePeople.Odile.Mobile!)]);
        told.ShouldAllBe(one => one.Act == "Renewal" && one.SentAt == null && one.CreatedAt == ward.Time.Now && one.NextTryAt == ward.Time.Now);
        told.Select(one => one.Subject).ShouldBe(["Your smartcard was renewed", null]);
        var serial = await ward.Read(r => r.Registry.Smartcards.Where(c => c.Id == id).Select(c => c.SerialNumber).SingleAsync());
        told.ShouldAllBe(one => one.Body!.StartsWith($"Your smartcard ending {serial.Substring(serial.Length - 4)} was renewed on 22 November 2026 at 8:00am at the computer WARD4-PC1."));
        told[0].OperationId.ShouldBe(await ward.Read(r => r.Registry.Operations.Where(o => o.SmartcardId == id && o.ClosedAt != null && o.OpenedAt == ward.Time.Now).OrderByDescending(o => o.Act).Select(o => (Guid?)o.Id).FirstAsync()));
        (await Fact(ward, "RenewalCompleted")).ShouldBe("email, text");
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task The_link_holds_the_token_and_the_books_hold_its_hash_alone()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue(person: SamplePeople.Odile);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();
        var told = await Told(ward, id);
        var tokens = told.ConvertAll(TokenIn);
        tokens[0].ShouldBe(tokens[1], "all notifications of one act raise the same alarm");
        AlarmToken.TryParse(tokens[0], out var digest).ShouldBeTrue();
        told.ShouldAllBe(one => one.AlarmDigest == digest && !one.Summary.Contains(tokens[0]));
        var facts = await ward.Read(async r => (await r.Registry.AuditEvents.ToListAsync()).SelectMany(e => e.Facts.Values).ToList());
        facts.ShouldAllBe(fact => !fact.Contains(tokens[0]) && !fact.Contains(SamplePeople.Odile.Email!) && !fact.Contains(SamplePeople.Odile.Mobile!));
    }

    [Fact]
    public async Task An_act_that_cannot_be_written_down_is_not_told()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue(person: SamplePeople.Odile);
        ward.Store.Execute(TestDatabase.Refuse("RenewalCompleted"));
        await Should.ThrowAsync<DbUpdateException>(async () => await ward.Visit(card, id, await ward.Session(card, id)));
        (await Told(ward, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_renewal_that_was_cut_is_told_when_it_is_finished()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue(person: SamplePeople.Bea);
        (await ward.Visit(card, id, await ward.Session(card, id), through: inner => new LostAt(inner, "write and prove 9C"))).ShouldBeOfType<RenewalOutcome.Refused>();
        (await Told(ward, id)).ShouldBeEmpty();
        (await ward.Visit(card, id, null, "ward4-pc2", takeOver: true)).ShouldBeOfType<RenewalOutcome.Completed>();
        var told = (await Told(ward, id)).ShouldHaveSingleItem();
        (told.Channel, told.Address).ShouldBe((NotificationChannel.Text, SamplePeople.Bea.Mobile));
        told.Summary.ShouldContain("at the computer WARD4-PC2.");
    }

    [Fact]
    public async Task Whoever_has_no_contact_is_not_told_and_the_event_says_so()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue(person: SamplePeople.Gus);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();
        (await Told(ward, id)).ShouldBeEmpty();
        (await Fact(ward, "RenewalCompleted")).ShouldBe("no contact");
    }

    [Fact]
    public async Task What_is_no_address_does_not_keep_the_act_from_its_end()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue(person: SamplePeople.Odile);
        await ward.Database.Write(
            async r =>
            {
                var odile = await r.Registry.People.SingleAsync(p => p.Uuid == SamplePeople.Odile.Uuid);
                (odile.Email, odile.Mobile) = ("odile@thistledown.example\r\nBcc: all@thistledown.example", new string('7', 400));
                await r.Registry.Save(new Evercard.Registry.Audit.AuditEvent { Kind = "Tested" }, default);
            },
            default);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();
        (await Told(ward, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repair_names_the_operator_and_where_the_operator_works_and_no_passcode()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();
        var told = await Told(desk.Ward, id);
        told.Count.ShouldBe(2);
        told[0].Summary.ShouldContain("was repaired on 25 November 2026 at 8:00am by Priya Saltmarsh, Thistledown Hospitals (demo), at the computer WARD4-PC1.");
        told.ShouldAllBe(one => one.PersonUuid == SamplePeople.Rosa.Uuid && !one.Body!.Contains(Desk.NewPasscode) && !one.Body.Contains(SampleWard.Passcode));
        (await Fact(desk.Ward, "RepairCompleted")).ShouldBe("email, text");
    }

    [Fact]
    public async Task A_cancellation_is_told_with_its_reason_and_a_refused_one_is_not()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (_, id) = await ward.Issue(200, person: SamplePeople.Rosa);
        var cancellation = new Cancellation(
            ward.Database, ward.Authority, RoleTable.Of(RoleTable.Classic), new SessionLife(ward.Database, ward.Options, ward.Time), ward.Options, ward.Time);
        (await cancellation.Cancel(new CancellationRequest(id, "none", "ward4-pc1", CancellationReason.Lost), default)).ShouldNotBeNull();
        (await Told(ward, id)).ShouldBeEmpty();
        (await cancellation.Cancel(new CancellationRequest(id, await desk.LogIn(), "ward4-pc1", CancellationReason.Lost), default)).ShouldBeNull();
        var told = await Told(ward, id);
        told[0].Body!.ShouldContain("It was cancelled because it was reported lost. It can never be used again.");
        told.ShouldAllBe(one => one.Summary.Contains("by Priya Saltmarsh") && one.OperationId == null);
    }

    [Fact]
    public async Task A_change_of_passcode_is_told_without_either_passcode()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        (await ChangePasscode(ward, card, id, session, "000000")).ShouldBeOfType<PasscodeChangeOutcome.Refused>();
        (await Told(ward, id)).ShouldBeEmpty();
        (await ChangePasscode(ward, card, id, session, SampleWard.Passcode)).ShouldBeOfType<PasscodeChangeOutcome.Changed>();
        var told = (await Told(ward, id)).ShouldHaveSingleItem();
        told.Body!.ShouldStartWith("The passcode of your smartcard ending ");
        told.Body.ShouldNotContain(SampleWard.Passcode);
        told.Body.ShouldNotContain(Desk.NewPasscode);
        (await Fact(ward, "PasscodeChanged")).ShouldBe("text");
    }

    internal static Task<List<Notification>> Told(Ward ward, Guid id) => ward.Read(r => r.Registry.Notifications.Where(n => n.SmartcardId == id).OrderBy(n => n.Channel).ToListAsync());

    internal static string TokenIn(Notification told) => Regex.Match(told.Body!, "/not-me/([A-Za-z0-9_-]+)").Groups[1].Value;

    private static async Task<string?> Fact(Ward ward, string kind) =>
        (await ward.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Kind == kind))).Facts.GetValueOrDefault("told");

    private static async Task<PasscodeChangeOutcome> ChangePasscode(Ward ward, SimulatedCard card, Guid id, string session, string present)
    {
        using var readers = new SimulatedReaders("reader");
        readers.Insert("reader", card);
        using var connection = readers.Connect("reader");
        using var held = SampleWard.Hold(present, ward.Time);
        using var chosen = SampleWard.Hold(Desk.NewPasscode, ward.Time);
        var local = new LocalCard(connection, CardAct.PasscodeChange, new ActBinding("http://server", "ward4-pc1", Guid.NewGuid().ToString("N"), 0), held, chosen, ward.Time);
        return await new PasscodeChange(ward.Database, ward.Options, ward.Time).Run(id, session, local, default);
    }
}
