using System.Net;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Server.ManageSmartcard;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server.Cancellation;

/// <summary>"Permanently cancel this smartcard" over HTTP, with an agent in the test's hand.</summary>
public sealed class CancelPageTests(ManageNode service) : IClassFixture<ManageNode>
{
    [Fact]
    public async Task A_card_is_cancelled_for_a_reason_and_cannot_log_in_any_more()
    {
        var (card, id) = await service.Issue(200, SamplePeople.Callum);
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        (await priya.Browser.Text($"/manage/{id}/service")).ShouldContain("Permanently cancel Smartcard");
        var chosen = await priya.Browser.Submit($"/manage/{id}/service", ("act", "cancel"));
        chosen.Headers.Location!.OriginalString.ShouldBe($"/manage/{id}/cancel");

        var page = await priya.Browser.Text($"/manage/{id}/cancel");
        page.ShouldContain("<h1 class=\"nhsuk-heading-l\">Permanently cancel this smartcard</h1>");
        page.ShouldContain("Callum Marsh");
        page.ShouldContain("Everything that was ever signed with its present certificates is no longer accepted");
        page.ShouldContain("nhsuk-button--warning\" type=\"submit\">Cancel this smartcard");
        page.ShouldContain($"href=\"/manage/{id}/service\">Go back");
        page.ShouldNotContain(" checked");

        var done = await priya.Browser.Submit($"/manage/{id}/cancel", ("reason", "Lost"));
        (done.StatusCode, done.Headers.Location?.OriginalString).ShouldBe((HttpStatusCode.SeeOther, $"/manage/{id}/cancel/done"));
        var told = await priya.Browser.Text($"/manage/{id}/cancel/done");
        told.ShouldContain("Smartcard cancelled");
        told.ShouldContain("because it was reported lost");
        told.ShouldContain("has no other smartcard in use");

        var greeted = await priya.Insert(card);
        greeted.ShouldBeOfType<Refused>().Code.ShouldBe("CARD-CANCELLED");
        var again = await priya.Browser.Text($"/manage/{id}/cancel");
        again.ShouldContain("CARD-CANCELLED");
        again.ShouldNotContain("type=\"radio\"");
    }

    [Fact]
    public async Task Without_a_reason_from_the_list_nothing_is_cancelled()
    {
        var (card, id) = await service.Issue(200, SamplePeople.Callum);
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        foreach (var reason in (string[])["", "lost", "1", "Lost,Stolen", "Other"])
        {
            var answer = await priya.Browser.Submit($"/manage/{id}/cancel", ("reason", reason));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("Choose why the smartcard is cancelled.");
        }

        (await Status(id)).ShouldBe(SmartcardStatus.InUse);
        (await priya.Browser.Get($"/manage/{id}/cancel/done")).Headers.Location!.OriginalString.ShouldBe($"/manage/{id}/cancel");
    }

    [Fact]
    public async Task The_own_card_is_not_cancelled_though_it_is_in_a_reader()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        var page = await priya.Browser.Get($"/manage/{priya.CardId}/cancel");
        (await page.Content.ReadAsStringAsync()).ShouldContain(page.StatusCode == HttpStatusCode.NotFound ? "CARD-NOT-HERE" : "CANCEL-SELF");
        await priya.Browser.SubmitUnseen($"/manage/{priya.CardId}/cancel", ("reason", "Stolen"));
        (await Status(priya.CardId)).ShouldBe(SmartcardStatus.InUse);
    }

    [Fact]
    public async Task A_card_that_was_taken_out_meanwhile_is_not_cancelled()
    {
        var (card, id) = await service.Issue(200, SamplePeople.Callum);
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        (await priya.Browser.Text($"/manage/{id}/cancel")).ShouldContain("type=\"radio\"");
        await priya.TakeOut();
        var answer = await priya.Browser.SubmitUnseen($"/manage/{id}/cancel", ("reason", "Stolen"));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Status(id)).ShouldBe(SmartcardStatus.InUse);
    }

    [Fact]
    public async Task Somebody_who_is_logged_in_with_the_card_elsewhere_is_logged_out_and_told_why()
    {
        var (card, id) = await service.Rosa();
        using var wren = await Operator.At(service, SamplePeople.Wren, null);
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        var wrens = await service.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == wren.CardId));
        await tom.Insert(wrens.Chuid);
        (await tom.Browser.Submit($"/manage/{wren.CardId}/cancel", ("reason", "Replaced"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await wren.Agent.Receive<SessionEnded>()).Because.ShouldBe("the smartcard was cancelled");
        (await wren.Browser.Get("/")).Headers.Location!.OriginalString.ShouldContain("/logged-out");
        (await wren.Browser.Text("/logged-out")).ShouldContain("Your smartcard was cancelled at");
        (await tom.Browser.Get("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (card, id).ShouldNotBe(default);
    }

    private Task<SmartcardStatus> Status(Guid id) => service.Read(r => r.Registry.Smartcards.Where(c => c.Id == id).Select(c => c.Status).SingleAsync());
}
