using System.Net;
using System.Text.RegularExpressions;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Server.Pages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server.ManageSmartcard;

/// <summary>The pages of Manage Smartcard over HTTP, with an agent in the test's hand.</summary>
public sealed class ManagePageTests(ManageNode service) : IClassFixture<ManageNode>
{
    [Fact]
    public async Task The_card_in_the_second_reader_leads_to_its_holder_and_to_the_service_it_needs()
    {
        var (card, id) = await service.Rosa();
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        (await priya.Browser.Text("/")).ShouldContain("<a class=\"nhsuk-header__navigation-link\" href=\"/manage\">Manage Smartcard</a>");
        var waiting = await priya.Browser.Text("/manage");
        waiting.ShouldContain("Insert the smartcard you wish to manage");
        waiting.ShouldContain("In use by you");
        await priya.Insert(card);
        var sent = await priya.Browser.Get("/manage");
        (sent.StatusCode, sent.Headers.Location?.OriginalString).ShouldBe((HttpStatusCode.SeeOther, $"/manage/{id}"));
        var details = await priya.Browser.Text($"/manage/{id}");
        details.ShouldContain("<h1 class=\"nhsuk-heading-l\">User details</h1>");
        details.ShouldContain("This card expired 12 days ago. It needs Repair.");
        details.ShouldContain(SamplePeople.Rosa.Uuid);
        details.ShouldContain("Puddlewick Surgery (demo)");
        details.ShouldContain("General practitioner");
        details.ShouldContain("Expired 23 November 2026 (12 days ago)");
        details.ShouldContain("Log-in certificate: Expired 23 November 2026");
        details.ShouldContain($"src=\"/manage/{id}/photograph\"");
        var photograph = await priya.Browser.Get($"/manage/{id}/photograph");
        photograph.StatusCode.ShouldBe(HttpStatusCode.OK);
        photograph.Headers.CacheControl!.NoStore.ShouldBeTrue();
        photograph.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        var service4 = await priya.Browser.Text($"/manage/{id}/service");
        service4.ShouldContain("Select smartcard service");
        service4.ShouldContain("Repair Smartcard");
        service4.ShouldContain("Recommended for this card.");
        var chosen = await priya.Browser.Submit($"/manage/{id}/service", ("act", "repair"));
        (chosen.StatusCode, chosen.Headers.Location?.OriginalString).ShouldBe((HttpStatusCode.SeeOther, $"/manage/{id}/repair"));
    }

    [Fact]
    public async Task What_cannot_be_done_now_is_told_why_and_not_taken_and_what_has_no_pages_is_not_spoken_of()
    {
        var (card, id) = await service.Rosa();
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        var page = await priya.Browser.Text($"/manage/{id}/service");
        page.ShouldNotContain("Issue");
        page.ShouldContain("An expired smartcard cannot be renewed.");
        page.ShouldContain("Repair sets a passcode.");
        foreach (var act in (string[])["renew", "unlock", "issue", "", "REPAIR", "../repair"])
        {
            var answer = await priya.Browser.Submit($"/manage/{id}/service", ("act", act));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("Choose what you want to do.");
        }
    }

    [Fact]
    public async Task A_card_that_works_is_repaired_for_a_reason_only()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        var (card, id) = await service.Issue(200, SamplePeople.Callum);
        await priya.Insert(card);
        (await priya.Browser.Text($"/manage/{id}/service")).ShouldContain("Repair it only if its certificates are damaged");
        (await (await priya.Browser.Submit($"/manage/{id}/service", ("act", "repair"), ("reason", " \r\n"))).Content.ReadAsStringAsync()).ShouldContain("Say what is damaged.");
        (await (await priya.Browser.Submit($"/manage/{id}/service", ("act", "repair"), ("reason", new string('x', 201)))).Content.ReadAsStringAsync()).ShouldContain("Say it in 200 characters.");
        (await priya.Browser.Submit($"/manage/{id}/service", ("act", "repair"), ("reason", "Log-in certificate & \"chip\""))).Headers.Location!.OriginalString
            .ShouldBe($"/manage/{id}/repair?reason=Log-in%20certificate%20%26%20%22chip%22");
    }

    [Fact]
    public async Task A_card_that_is_in_no_reader_of_this_computer_is_shown_to_nobody_whatever_its_number()
    {
        var (card, id) = await service.Rosa();
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        await tom.Insert(card);
        foreach (var path in (string[])[$"/manage/{id}", $"/manage/{id}/service", $"/manage/{Guid.NewGuid()}", $"/manage/{tom.CardId}"])
        {
            var answer = await priya.Browser.Get(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            page.ShouldContain("CARD-NOT-HERE");
            page.ShouldNotContain("Rosa Tanglewood");
        }

        (await priya.Browser.Get($"/manage/{id}/photograph")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await priya.Browser.Submit($"/manage/{id}/service", ("act", "repair"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await tom.Browser.Get($"/manage/{id}/photograph")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await tom.TakeOut();
        (await tom.Browser.Get($"/manage/{id}/photograph")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await tom.Browser.Get($"/manage/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_look_is_recorded_once_for_each_log_in_and_card()
    {
        var (card, id) = await service.Rosa();
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        var before = await service.AuditMark();
        await priya.Browser.Get($"/manage/{id}");
        await priya.Browser.Get($"/manage/{id}/service");
        await priya.Browser.Get($"/manage/{id}");
        var look = await service.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Sequence > before && e.Kind == "CardholderShown"));
        (look.SmartcardId, look.PersonUuid, look.AgentId).ShouldBe((id, SamplePeople.Rosa.Uuid, priya.Agent.Id));
        look.Facts["operator"].ShouldBe(SamplePeople.Priya.Uuid);
        look.Facts["role"].ShouldBe("S0080:G0450:R5080");
        look.Facts["reader"].ShouldBe(Operator.SecondReader);
        using var again = await Operator.At(service, SamplePeople.Priya, "R5080");
        await again.Insert(card);
        await again.Browser.Get($"/manage/{id}");
        (await service.Read(r => r.Registry.AuditEvents.CountAsync(e => e.Sequence > before && e.Kind == "CardholderShown"))).ShouldBe(2);
        await service.AuditChainIsWhole();
    }

    [Fact]
    public async Task Ones_own_card_is_not_repaired()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        var page = await priya.Browser.Text($"/manage/{priya.CardId}/service");
        page.ShouldContain("REPAIR-SELF");
        page.ShouldContain("You cannot repair your own smartcard.");
        page.ShouldNotContain("value=\"repair\"");
        var (second, _) = await service.Issue(200, SamplePeople.Priya);
        await priya.Insert(second);
        var waiting = await priya.Browser.Text("/manage");
        waiting.ShouldContain("That is your own smartcard.");
        waiting.ShouldContain("READER-WRONG");
    }

    [Fact]
    public async Task With_a_closed_profile_the_page_says_why_and_the_card_can_only_be_cancelled()
    {
        var (card, id) = await service.Issue(200, SamplePeople.Perry);
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await service.Change("ProfileClosed", r =>
        {
            var perry = r.Registry.People.Single(p => p.Uuid == SamplePeople.Perry.Uuid);
            (perry.Status, perry.ClosedAt) = (PersonStatus.Closed, service.Time.Now);
        });
        await priya.Insert(card);
        var details = await priya.Browser.Text($"/manage/{id}");
        details.ShouldContain("Perry Oxbow's profile was closed on");
        details.ShouldContain("This card can only be cancelled.");
        var page = await priya.Browser.Text($"/manage/{id}/service");
        page.ShouldContain("PROFILE-CLOSED");
        page.ShouldNotContain("Your profile");
        Regex.Matches(page, "type=\"radio\" value=\"([a-z]+)\"").Select(radio => radio.Groups[1].Value).ShouldBe(["cancel"]);
        (await priya.Browser.Text($"/manage/{id}/cancel")).ShouldContain("The cardholder left the organisation");
    }

    [Fact]
    public async Task Other_cards_of_the_person_are_listed_with_why_they_are_not_to_be_chosen()
    {
        var (_, old) = await service.Issue(200, SamplePeople.Sol);
        var (card, id) = await service.Issue(200, SamplePeople.Sol);
        await service.Change("SmartcardCancelled", r =>
        {
            var one = r.Registry.Smartcards.Single(c => c.Id == old);
            (one.Status, one.CancelledAt, one.CancelledBecause) = (SmartcardStatus.Cancelled, service.Time.Now, "it was reported lost");
        });
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        var page = await priya.Browser.Text($"/manage/{id}");
        page.ShouldContain("because it was reported lost.");
        page.ShouldContain("disabled");
    }

    [Fact]
    public async Task Whoever_reads_histories_is_led_from_the_details_to_the_history_of_the_card()
    {
        var (card, id) = await service.Rosa();
        var link = $"<a href=\"/history/card/{id}\">History of this smartcard</a>";
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        await tom.Insert(card);
        (await tom.Browser.Text($"/manage/{id}")).ShouldContain(link);
        (await tom.Browser.Text($"/history/card/{id}")).ShouldContain("Cardholder: Rosa Tanglewood");
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        (await priya.Browser.Text($"/manage/{id}")).ShouldNotContain("History of this smartcard");
    }

    [Fact]
    public async Task Without_a_photograph_the_page_says_so()
    {
        var (card, id) = await service.Ned();
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Insert(card);
        (await priya.Browser.Text($"/manage/{id}")).ShouldContain("No photograph on file");
        (await priya.Browser.Get($"/manage/{id}/photograph")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_locked_card_is_called_locked_and_the_log_in_of_its_holder_is_not_asked_for()
    {
        var (card, id) = await service.Issue(30, SamplePeople.Odile);
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        (await priya.Insert(card, triesLeft: 0)).ShouldBeOfType<Refused>().Code.ShouldBe("CARD-LOCKED");
        (await priya.Browser.Text($"/manage/{id}")).ShouldContain("This card is locked.");
    }

    [Fact]
    public async Task A_card_that_says_nothing_is_waited_for_in_words_and_after_half_a_minute_is_too_slow()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Sees(new ReaderSeen(Operator.Reader, HasCard: true), new ReaderSeen(Operator.SecondReader, HasCard: true));
        var page = await priya.Browser.Text("/manage");
        page.ShouldContain("Reading the smartcard");
        page.ShouldNotContain("Still reading");
        service.Time.Advance(TimeSpan.FromSeconds(11));
        page = await priya.Browser.Text("/manage");
        page.ShouldContain("Still reading the smartcard…");
        page.ShouldContain("We are waiting for the card to say whose it is.");
        page.ShouldNotContain("ev-refusal");
        service.Time.Advance(TimeSpan.FromSeconds(20));
        page = await priya.Browser.Text("/manage");
        page.ShouldContain("The card has not answered for 30 seconds.");
        page.ShouldContain("CARD-SLOW");
        page.ShouldContain("/help/refusals/CARD-SLOW");

        // Put back, it is read anew.
        await priya.Sees(new ReaderSeen(Operator.Reader, HasCard: true), new ReaderSeen(Operator.SecondReader, HasCard: false));
        await priya.Sees(new ReaderSeen(Operator.Reader, HasCard: true), new ReaderSeen(Operator.SecondReader, HasCard: true));
        (await priya.Browser.Text("/manage")).ShouldNotContain("CARD-SLOW");
    }

    [Fact]
    public async Task Readers_that_come_and_go_are_told_as_they_are()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        await priya.Sees(new ReaderSeen(Operator.Reader, HasCard: true));
        (await priya.Browser.Text("/manage")).ShouldContain("READER-ONE");
        await priya.Sees(new ReaderSeen(Operator.Reader, HasCard: true), new ReaderSeen("Gem <PC> Twin", HasCard: false));
        var page = await (await priya.Browser.Get("/manage")).Content.ReadAsStringAsync();
        page.ShouldNotContain("READER-ONE");
        page.ShouldContain("Gem &lt;PC&gt; Twin");
        await priya.Insert(SimulatedCard.CreateBlank(CardModel.Yubico));
        (await priya.Browser.Text("/manage")).ShouldContain("This smartcard has nothing on it.");
        await priya.Insert([1, 2, 3]);
        (await priya.Browser.Text("/manage")).ShouldContain("CARD-UNREADABLE");
    }
}
