using System.Net;
using System.Text.RegularExpressions;
using Evercard.DevHost.SampleCards;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Server.History;
using Evercard.Tests.House;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.History;

public sealed partial class HistoryTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Fact]
    public async Task Whoever_is_logged_in_reads_what_was_done_and_that_it_is_verified()
    {
        var (agent, wren) = await LoggedInBrowser.Of(service);
        using (agent)
        using (wren)
        {
            var page = await wren.Text("/history");
            page.ShouldContain("Verified ✓");
            page.ShouldContain("The whole audit trail was checked at ");
            page.ShouldContain("Logged in with the smartcard.");
            page.ShouldContain("The smartcard was issued.");
            page.IndexOf("Logged in with", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("The smartcard was issued", StringComparison.Ordinal), "the newest first");
            page.ShouldContain("</span>You</td>");
            page.ShouldContain("Issuing desk (demo)");
            page.ShouldContain("</span>Whoever issued it</td>");
            page.ShouldNotContain(SampleWard.Wren.Uuid);
        }
    }

    [Fact]
    public async Task Nobody_reads_of_others_in_the_own_history()
    {
        await service.Issue(person: SampleWard.Callum);
        var mark = await service.AuditMark();
        await service.Database.Write(
            r => r.Registry.Save(
                new AuditEvent { Kind = "ReferenceLookedUp", PersonUuid = SampleWard.Callum.Uuid, Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["reference"] = "EV-CALL-22" } }, default),
            default);
        var (agent, wren) = await LoggedInBrowser.Of(service);
        using (agent)
        using (wren)
        {
            (await wren.Text("/history")).ShouldNotContain("EV-CALL-22");
        }

        (await service.AuditMark()).ShouldBeGreaterThan(mark);
    }

    /// <summary>Found on a picture of the page: what was done to a person's card at a desk was told as done by the person.</summary>
    [Fact]
    public async Task What_somebody_else_did_is_told_with_that_persons_name()
    {
        var (_, id) = await service.Issue(person: SamplePeople.Rosa);
        var operation = await service.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id));
        var repair = new Operation
        {
            Id = Guid.NewGuid(),
            Reference = OperationReference.New(),
            Act = Act.Repair,
            SmartcardId = id,
            PersonUuid = SamplePeople.Rosa.Uuid,
            State = OperationState.Completed,
            AgentId = operation.AgentId,
            ComputerName = operation.ComputerName,
            NotAfter = operation.NotAfter,
            OpenedAt = service.Time.GetUtcNow(),
            FinishBy = operation.FinishBy,
            TouchedAt = service.Time.GetUtcNow(),
        };
        await service.Change("SampleRepair", r => r.Registry.Operations.Add(repair));
        await Tell("RepairRequested", ("operator", SamplePeople.Priya.Uuid));
        await Tell("RepairWaiting", ("because", "CARD-REMOVED"));
        await Tell("RepairRequested", ("operator", SamplePeople.Tom.Uuid));
        await Tell("RepairCompleted");
        var view = await service.Services.GetRequiredService<Histories>().OfCard(id, null, default);
        view.Lines.Take(4).Select(line => line.Who).ShouldBe(["Tom Fallowfield", "Tom Fallowfield", "Priya Saltmarsh", "Priya Saltmarsh"]);

        Task Tell(string kind, params (string Name, string Value)[] facts) => service.Database.Write(
            r => r.Registry.Save(
                new AuditEvent
                {
                    Kind = kind, OperationId = repair.Id, SmartcardId = id, PersonUuid = SamplePeople.Rosa.Uuid,
                    Facts = facts.ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal),
                },
                default),
            default);
    }

    [Fact]
    public async Task A_long_history_goes_on_with_older_events()
    {
        var (card, id) = await service.Issue(person: SamplePeople.Hal);
        _ = card;
        for (var i = 0; i < Histories.PageSize; i++)
        {
            await service.Database.Write(r => r.Registry.Save(new AuditEvent { Kind = "RenewalKept", SmartcardId = id, PersonUuid = SamplePeople.Hal.Uuid }, default), default);
        }

        var histories = service.Services.GetRequiredService<Histories>();
        var first = await histories.OfCard(id, null, default);
        first.Lines.Count.ShouldBe(Histories.PageSize);
        var second = await histories.OfCard(id, first.Older, default);
        second.Lines.Count.ShouldBeGreaterThan(0);
        second.Older.ShouldBeNull();
        second.Lines[^1].What.ShouldBe("Issuing the smartcard was begun.");
    }

    [Fact]
    public async Task A_cards_history_is_for_who_may_and_that_it_was_read_is_in_it()
    {
        var (_, id) = await service.Issue();
        var (agent, tom) = await LoggedInBrowser.Of(service, SamplePeople.Tom, "RA Manager");
        using (agent)
        using (tom)
        {
            (await tom.Text($"/history/card/{id}")).ShouldContain("Cardholder: Wren Holloway");
            var again = await tom.Text($"/history/card/{id}");
            again.ShouldContain("The history was read.");
            again.ShouldContain("Tom Fallowfield");
            (await tom.Get($"/history/card/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        var (other, wren) = await LoggedInBrowser.Of(service);
        using (other)
        using (wren)
        {
            (await wren.Get($"/history/card/{id}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    /// <summary>The history of another organisation's card: an answer as for a card that does not exist, and the trail tells who asked.</summary>
    [Fact]
    public async Task Another_organisations_card_has_no_history_here_and_that_it_was_asked_for_is_recorded()
    {
        var (_, id) = await service.Issue();
        var (agent, tom) = await LoggedInBrowser.Of(service, SamplePeople.Tom, "RA Manager");
        using (agent)
        using (tom)
        {
            var ofPerson = await tom.Text($"/history/person/{SampleWard.Wren.Uuid}");
            ofPerson.ShouldContain("History of Wren Holloway");
            ofPerson.ShouldContain("The smartcard was issued.");
            (await tom.Get($"/history/card/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK, "Wren's hospital names Tom's organisation as its registration authority");
            var mark = await service.AuditMark();
            await Names("DEMO2");
            try
            {
                var answer = await tom.Get($"/history/card/{id}");
                var none = await tom.Get($"/history/card/{Guid.NewGuid()}");
                (answer.StatusCode, none.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
                var page = await answer.Content.ReadAsStringAsync();
                page.ShouldNotContain("Holloway");
                (await tom.Get($"/history/person/{SampleWard.Wren.Uuid}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
                (await tom.Get("/history/person/999099999999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
            finally
            {
                await Names(SampleOrganisations.RegistrationAuthority);
            }

            var asked = await service.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Sequence > mark && e.Kind == "HistoryRefused" && e.SmartcardId != null));
            (await service.Read(r => r.Registry.AuditEvents.CountAsync(e => e.Sequence > mark && e.Kind == "HistoryRefused"))).ShouldBe(2, "of the card, and of the person");
            (asked.SmartcardId, asked.PersonUuid, asked.Facts["operator"]).ShouldBe((id, SampleWard.Wren.Uuid, SamplePeople.Tom.Uuid));
            (await service.Read(r => r.Registry.AuditEvents.CountAsync(e => e.Sequence > mark && e.Kind == "HistoryRead"))).ShouldBe(0);
        }

        Task Names(string authority) => service.Change(
            "OrganisationChanged", r => r.Registry.Organisations.Single(o => o.Code == SampleOrganisations.Hospitals).RegistrationAuthorityCode = authority);
    }

    [Fact]
    public async Task What_was_added_is_checked_too_and_all_of_it_once_in_an_hour()
    {
        using var trail = new TrailCheck(service.Database, service.Time);
        var all = await trail.Look(default);
        all.Broken.ShouldBeNull();
        await service.Change("RenewalKept", _ => { });
        var more = await trail.Look(default);
        more.Last.ShouldBeGreaterThan(all.Last);
        more.At.ShouldBe(all.At);
        service.Time.Advance(TimeSpan.FromHours(2));
        (await trail.Look(default)).At.ShouldBe(service.Time.GetUtcNow());
    }

    [Theory]
    [InlineData("LoggedIn", "", "Logged in with the smartcard.")]
    [InlineData("LogInRefused", "code=CARD-EXPIRED", "A log-in was refused (CARD-EXPIRED).")]
    [InlineData("RoleRefused", "code=none", "A role was refused.")]
    [InlineData("RenewalWaiting", "because=CARD-REMOVED", "The renewal stopped (CARD-REMOVED). It can be finished.")]
    [InlineData("LoggedOut", "because=the smartcard was removed", "Logged out: the smartcard was removed.")]
    [InlineData("KeyStaged", "key=9A", "A new key was made: for logging in.")]
    [InlineData("KeyStaged", "key=9C", "A new key was made: for signing.")]
    [InlineData("RenewalAborted", "", "The renewal was ended without being finished: nobody wrote down more.")]
    [InlineData("SomethingOfTomorrow", "code=X", EventWords.Neutral)]
    public void An_event_is_told_in_a_sentence(string kind, string facts, string sentence) =>
        EventWords.Of(kind, facts.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(fact => fact.Split('=')).ToDictionary(fact => fact[0], fact => fact[1], StringComparer.Ordinal))
            .ShouldBe(sentence);

    /// <summary>Nobody confirms an issuance or a renewal with a card of the own.</summary>
    private static readonly string[] NeverWritten =
        ["IssuanceConfirmed", "IssuanceConfirmationRefused", "IssuanceBegun", "RenewalConfirmed", "RenewalConfirmationRefused", "RenewalBegun"];

    /// <summary>Kinds stand in the sources after Kind or kind, as the first word of What or Event, or behind the name of an act.</summary>
    [Fact]
    public void Every_kind_of_event_in_the_sources_has_a_sentence()
    {
        var texts = Repository.Sources.Where(file => Repository.Name(file).StartsWith("src/", StringComparison.Ordinal)).Select(file => File.ReadAllText(file.FullName))
            .Where(text => text.Contains("AuditEvent", StringComparison.Ordinal) || text.Contains("ActJournal.What(", StringComparison.Ordinal)).ToList();
        var kinds = texts.SelectMany(text => Told().Matches(text)).SelectMany(told => Literal().Matches(told.Value)).Select(literal => literal.Groups["kind"].Value).ToList();
        var ofActs = texts.SelectMany(text => OfAct().Matches(text)).Select(told => told.Groups["end"].Value).Distinct()
            .SelectMany(end => Enum.GetNames<Act>().Select(act => act + end)).ToList();
        kinds.Count.ShouldBeGreaterThan(40);
        ofActs.ShouldContain("RepairWaiting");
        kinds.Concat(ofActs).Distinct().Except(EventWords.Kinds).Except(NeverWritten).ShouldBeEmpty();
        EventWords.Kinds.Except(kinds).Except(ofActs).ShouldBeEmpty("a sentence for what nothing writes");
    }

    [GeneratedRegex("""\b[Kk]ind = [^;]*?(?=,\s*\w+ =(?!>)|[;}])|\b[Kk]ind\b[^;{]*switch\s*\{[^}]*\}|\b(?:What|Event)\(\s*(?:[a-z][^",()]*\?\s*)?"[A-Za-z]+"(?:\s*:\s*"[A-Za-z]+")?""", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex("(?<![$\\w])\"(?<kind>[A-Z][a-z]+[A-Za-z]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\\$\"\\{(?:act|(?:operation|open)\\.Act)\\}(?<end>[A-Za-z]+)\"")]
    private static partial Regex OfAct();
}

/// <summary>A trail that somebody wrote into.</summary>
public sealed class BrokenHistoryTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Fact]
    public async Task A_history_whose_trail_was_changed_says_so()
    {
        var (_, id) = await service.Issue();
        var histories = service.Services.GetRequiredService<Histories>();
        (await histories.OfCard(id, null, default)).IsWhole.ShouldBeTrue();
        service.Store.Tamper("UPDATE audit_events SET \"Kind\" = 'NothingHappened' WHERE \"Sequence\" = 2");

        service.Time.Advance(TimeSpan.FromHours(2));
        var after = await histories.OfCard(id, null, default);
        after.IsWhole.ShouldBeFalse();
        after.Checked.ShouldContain("does not hold at event 2");
    }
}
