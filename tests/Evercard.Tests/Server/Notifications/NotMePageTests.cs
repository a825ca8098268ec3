using System.Net;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.Notifications;
using Evercard.Registry.Journal;
using Evercard.Registry.Notifications;
using Evercard.Server.History;
using Evercard.Tests.Server.ManageSmartcard;
using Evercard.Tests.Server.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.Notifications;

/// <summary>The link in a notification, and who sees the alarm.</summary>
public sealed class NotMePageTests(ManageNode service) : IClassFixture<ManageNode>
{
    private const string Summary = "Your smartcard ending 7731 was repaired on 5 December 2026 at 8:00am by Tom Fallowfield, at the computer DESK-1.";

    [Fact]
    public async Task Whoever_has_the_link_reads_what_was_done_raises_the_alarm_and_reads_whom_to_ring()
    {
        var (token, _, _) = await Told();
        using var browser = new TestBrowser(service.Address);
        var asked = await browser.Get($"/not-me/{token}");
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var page = await browser.Text($"/not-me/{token}");
        page.ShouldContain(Summary);
        page.ShouldContain("<button class=\"nhsuk-button nhsuk-button--warning\" type=\"submit\">This was not me</button>");
        var main = Help.HelpNode.Content(page);
        main.ShouldNotContain("Rosa");
        main.ShouldNotContain(SamplePeople.Rosa.Uuid);
        main.ShouldNotContain(SamplePeople.Rosa.Email!);
        main.ShouldNotContain("<script");

        var raised = await browser.Submit($"/not-me/{token}");
        (raised.StatusCode, raised.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.SeeOther, $"/not-me/{token}"));
        var after = await browser.Text($"/not-me/{token}");
        after.ShouldContain("We know that this was not you");
        after.ShouldContain("Northmere Registration Authority, 01632 960100");
        after.ShouldContain("take it out of the reader");
        Help.HelpNode.Content(after).ShouldNotContain("<form");
    }

    [Fact]
    public async Task The_alarm_is_seen_at_the_desk_where_the_card_is_in_its_history_and_by_the_service_desk()
    {
        var (card, id) = await service.Ned();
        var (token, operation) = await Told(SamplePeople.Ned, id);
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        (await priya.Browser.Text($"/manage/{id}")).ShouldNotContain("was not theirs");
        using (var browser = new TestBrowser(service.Address))
        {
            await browser.Submit($"/not-me/{token}");
        }

        var sentence = (await service.Services.GetRequiredService<CardholderAlarms>().OfCard(id, default))[0];
        sentence.ShouldMatch("^The cardholder said on .* that the repair of .* was not theirs.$");
        (await priya.Browser.Text($"/manage/{id}")).ShouldContain(sentence);
        var (agent, moira) = await LoggedInBrowser.Of(service, SamplePeople.Moira, "Service desk");
        using (agent)
        using (moira)
        {
            (await moira.Text($"/desk/{operation.Reference}")).ShouldContain(sentence);
        }

        var line = (await service.Services.GetRequiredService<Histories>().OfCard(id, null, default)).Lines.First(one => one.What.StartsWith("ALARM", StringComparison.Ordinal));
        (line.Who, line.What).ShouldBe((SamplePeople.Ned.FullName, $"ALARM: with the link in a message to the cardholder, somebody said that {Named(sentence)} was not theirs."));
    }

    [Fact]
    public async Task A_link_that_is_too_old_and_one_that_never_was_are_answered_alike()
    {
        var (token, _, _) = await Told(daysAgo: 31);
        using var browser = new TestBrowser(service.Address);
        var (old, none) = (await browser.Get($"/not-me/{token}"), await browser.Get($"/not-me/{AlarmToken.New()}"));
        (old.StatusCode, none.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        var (oldPage, nonePage) = (Help.HelpNode.Content(await old.Content.ReadAsStringAsync()), Help.HelpNode.Content(await none.Content.ReadAsStringAsync()));
        oldPage.ShouldBe(nonePage);
        oldPage.ShouldContain("This link cannot be used");
        (await browser.SubmitUnseen($"/not-me/{token}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "there is no form for it");
    }

    [Fact]
    public async Task To_look_and_what_another_page_sends_raise_nothing()
    {
        var (token, id, _) = await Told();
        var before = await Alarms(id);
        using var browser = new TestBrowser(service.Address);
        for (var i = 0; i < 3; i++)
        {
            await browser.Get($"/not-me/{token}");
        }

        (await browser.Post($"/not-me/{token}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Alarms(id)).ShouldBe(before);
    }

    [Fact]
    public async Task No_token_stands_in_the_log()
    {
        var (token, _, _) = await Told();
        using var browser = new TestBrowser(service.Address);
        await browser.Submit($"/not-me/{token}");
        await browser.Text($"/not-me/{token}");
        service.Logs.Lines.ShouldContain(line => line.Contains("said that an act on smartcard", StringComparison.Ordinal));
        service.Logs.Lines.ShouldAllBe(line => !line.Contains(token, StringComparison.Ordinal));
    }

    private static string Named(string sentence) => System.Text.RegularExpressions.Regex.Match(sentence, "that (the repair of .*) was not").Groups[1].Value;

    private Task<int> Alarms(Guid id) => service.Read(r => r.Registry.AuditEvents.CountAsync(e => e.SmartcardId == id && e.Kind == "CardholderAlarm"));

    /// <summary>A repair of Rosa's card, of which she was told.</summary>
    private async Task<(string Token, Guid Id, Operation Operation)> Told(int daysAgo = 0)
    {
        var (_, id) = await service.Rosa();
        var (token, operation) = await Told(SamplePeople.Rosa, id, daysAgo);
        return (token, id, operation);
    }

    private async Task<(string Token, Operation Operation)> Told(SamplePerson person, Guid id, int daysAgo = 0)
    {
        var now = service.Time.GetUtcNow();
        var operation = new Operation
        {
            Id = Guid.NewGuid(), Reference = OperationReference.New(), Act = Act.Repair, SmartcardId = id, PersonUuid = person.Uuid, State = OperationState.Completed,
            AgentId = "a", ComputerName = "DESK-1", NotAfter = now.AddYears(2), OpenedAt = now, FinishBy = now, TouchedAt = now, ClosedAt = now,
        };
        var token = AlarmToken.New();
        AlarmToken.TryParse(token, out var digest).ShouldBeTrue();
        await service.Change("SampleRepair", r =>
        {
            r.Registry.Operations.Add(operation);
            r.Registry.Notifications.Add(new Notification
            {
                Id = Guid.NewGuid(), Act = "Repair", SmartcardId = id, PersonUuid = person.Uuid, OperationId = operation.Id, Channel = NotificationChannel.Email,
                Address = person.Email!, Subject = "Your smartcard was repaired", Summary = Summary, AlarmDigest = digest!, CreatedAt = now.AddDays(-daysAgo),
                NextTryAt = now, SentAt = now,
            });
        });
        return (token, operation);
    }
}

public sealed class NotMeLimitTests(Help.HelpNode node) : IClassFixture<Help.HelpNode>
{
    [Fact]
    public async Task One_address_asks_thirty_times_in_a_minute_at_most()
    {
        using var browser = new TestBrowser(node.Address);
        for (var i = 0; i < 30; i++)
        {
            (await browser.Get($"/not-me/{AlarmToken.New()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await browser.Get($"/not-me/{AlarmToken.New()}")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await browser.Get("/help")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
