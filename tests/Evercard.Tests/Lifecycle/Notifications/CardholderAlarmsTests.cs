using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.Notifications;
using Evercard.Lifecycle.Renewal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle.Notifications;

/// <summary>"This was not me".</summary>
public sealed class CardholderAlarmsTests
{
    [Fact]
    public async Task An_alarm_is_raised_once_however_often_and_from_whichever_message()
    {
        using var desk = await Desk.Open();
        var (id, token) = await Repaired(desk);
        var ward = desk.Ward;
        var alarms = new CardholderAlarms(ward.Database, ward.Options, ward.Time);
        (await alarms.OfCard(id, default)).ShouldBeEmpty();
        (await alarms.Find(token, default))!.RaisedAt.ShouldBeNull();
        var said = ward.Time.Now += TimeSpan.FromHours(1);
        (await Task.WhenAll(alarms.Raise(token, default), alarms.Raise(token, default))).ShouldAllBe(act => act!.RaisedAt == said);
        ward.Time.Now += TimeSpan.FromHours(1);
        (await alarms.Raise(token, default))!.RaisedAt.ShouldBe(said);

        var what = await ward.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Kind == "CardholderAlarm"));
        (what.SmartcardId, what.PersonUuid, what.Facts["act"]).ShouldBe((id, SamplePeople.Rosa.Uuid, "the repair of 25 November 2026 at 8:00am"));
        what.OperationId.ShouldNotBeNull();
        (await ToldCardholderTests.Told(ward, id)).ShouldAllBe(one => one.AlarmRaisedAt == said);
        (await alarms.OfCard(id, default)).ShouldBe(["The cardholder said on 25 November 2026 at 9:00am that the repair of 25 November 2026 at 8:00am was not theirs."]);
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task The_page_gets_what_the_message_said_and_whom_to_ring()
    {
        using var desk = await Desk.Open();
        var (id, token) = await Repaired(desk);
        var act = (await new CardholderAlarms(desk.Ward.Database, desk.Ward.Options, desk.Ward.Time).Find(token, default)).ShouldNotBeNull();
        act.Summary.ShouldBe((await ToldCardholderTests.Told(desk.Ward, id))[0].Summary);
        act.Help.ShouldBe("Northmere Registration Authority, 01632 960100");
        act.IsCancelled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_is_good_for_thirty_days_and_one_that_never_was_looks_alike()
    {
        using var desk = await Desk.Open();
        var (_, token) = await Repaired(desk);
        var ward = desk.Ward;
        var alarms = new CardholderAlarms(ward.Database, ward.Options, ward.Time);
        ward.Time.Now += TimeSpan.FromDays(30);
        (await alarms.Find(token, default)).ShouldNotBeNull();
        ward.Time.Now += TimeSpan.FromSeconds(1);
        var events = await ward.Read(r => r.Registry.AuditEvents.CountAsync());
        foreach (var link in (string?[])[token, AlarmToken.New(), "", null, new string('x', 5000)])
        {
            (await alarms.Find(link, default)).ShouldBeNull();
            (await alarms.Raise(link, default)).ShouldBeNull();
        }

        (await ward.Read(r => r.Registry.AuditEvents.CountAsync())).ShouldBe(events);
    }

    [Fact]
    public async Task An_alarm_is_shown_for_ninety_days_and_stays_in_the_trail()
    {
        using var desk = await Desk.Open();
        var (id, token) = await Repaired(desk);
        var ward = desk.Ward;
        var alarms = new CardholderAlarms(ward.Database, ward.Options, ward.Time);
        await alarms.Raise(token, default);
        ward.Time.Now += TimeSpan.FromDays(91);
        (await alarms.OfCard(id, default)).ShouldBeEmpty();
        (await ward.AuditTrail(id)).ShouldContain("CardholderAlarm");
    }

    private static async Task<(Guid Id, string Token)> Repaired(Desk desk)
    {
        var (card, id) = await desk.Expired();
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();
        return (id, ToldCardholderTests.TokenIn((await ToldCardholderTests.Told(desk.Ward, id))[0]));
    }
}
