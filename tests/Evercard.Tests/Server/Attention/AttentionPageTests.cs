using System.Net;
using Evercard.DevHost.SampleCards;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Server.Attention;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.ManageSmartcard;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server.Attention;

/// <summary>"Cards that need attention", as the registration authority reads it.</summary>
public sealed class AttentionPageTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Fact]
    public async Task The_page_says_whose_card_what_was_found_since_when_and_what_to_do_and_the_dashboard_counts()
    {
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        await Settle();
        var well = await tom.Browser.Text("/attention");
        well.ShouldContain("All is well.");
        well.ShouldNotContain("<table");
        (await tom.Browser.Text("/")).ShouldContain("<strong>No card needs attention.</strong>");

        var (_, repair) = await service.Issue(1, SamplePeople.Max);
        var (_, renewal) = await service.Issue(60, SamplePeople.Juno);
        await Cut(Act.Renewal, renewal, SamplePeople.Juno, "EV-2222-23");
        await Cut(Act.Repair, repair, SamplePeople.Max, "EV-2222-24");
        service.Time.Advance(TimeSpan.FromMinutes(5));
        (await tom.Browser.Text("/")).ShouldContain("<strong>2 cards need attention.</strong>");
        var page = await tom.Browser.Text("/attention");
        page.ShouldContain("2 cards need attention.");
        page.ShouldContain($"<a href=\"/history/person/{SamplePeople.Juno.Uuid}\">Juno Cobblepot</a>");
        page.ShouldContain($"UUID {SamplePeople.Max.Uuid}");
        page.ShouldContain("Ask Juno to put the card into any computer and type the passcode: the renewal is then finished in seconds, until ");
        page.ShouldContain("Ask Max to come back with the card. Any ID Checker can finish the repair, until ");
        page.ShouldContain("EV-2222-23");
        page.ShouldNotContain("/desk/EV-2222-23", customMessage: "a registration authority does not look up references");
        page.ShouldContain("Since 22 November 2026, today");
        page.IndexOf("Max Tumbledown", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("Juno Cobblepot", StringComparison.Ordinal), "the most urgent first");
        page.ShouldNotContain("<script>");

        // Once it is finished it is gone, by itself.
        await service.Change("Sample", r => r.Registry.Operations.Single(o => o.Reference == "EV-2222-24").State = OperationState.Completed);
        var left = await tom.Browser.Text("/attention");
        left.ShouldContain("1 card needs attention.");
        left.ShouldNotContain("Max Tumbledown");
        var read = await service.Read(r => r.Registry.AuditEvents.Where(e => e.Kind == "AttentionRead").OrderBy(e => e.Sequence).ToListAsync());
        read[^1].Facts["operator"].ShouldBe(SamplePeople.Tom.Uuid);
        read[^1].Facts["cards"].ShouldBe("1");
        await Settle();
    }

    [Fact]
    public async Task A_quarantined_computer_is_named_with_a_way_to_it_for_whoever_looks_after_computers()
    {
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        await service.Change("Sample", r => r.Registry.Agents.Add(new Evercard.Registry.Computers.Agent
        {
            Id = "liar & co", PublicKey = [0], ComputerName = "LIAR & CO", Version = "1", Status = AgentStatus.Quarantined, FirstSeenAt = service.Time.GetUtcNow(), LastSeenAt = service.Time.GetUtcNow(),
        }));
        (await tom.Browser.Text("/attention")).ShouldContain("<li><a href=\"/computers?find=LIAR%20%26%20CO\">LIAR & CO</a></li>");
        await service.Change("Sample", r => r.Registry.Agents.Single(a => a.Id == "liar & co").Status = AgentStatus.Known);
        (await tom.Browser.Text("/attention")).ShouldNotContain("Quarantined computers");
    }

    [Fact]
    public async Task More_than_a_day_brings_are_not_all_shown_and_that_is_said()
    {
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        await Settle();
        for (var i = 0; i < AttentionModel.MostShown + 3; i++)
        {
            var id = Guid.NewGuid();
            await service.Change("Sample", r =>
            {
                var like = r.Registry.Smartcards.AsNoTracking().First(c => c.Status == SmartcardStatus.InUse);
                r.Registry.Smartcards.Add(new Smartcard
                {
                    Id = id, SerialNumber = $"0412 {i:D4}", PersonUuid = SamplePeople.Hal.Uuid, Status = like.Status, Driver = like.Driver, Chuid = like.Chuid, ExpiresAt = like.ExpiresAt,
                    AdministrationAlgorithm = like.AdministrationAlgorithm, WrappedAdministrationKey = like.WrappedAdministrationKey,
                });
            });
            await Cut(Act.Renewal, id, SamplePeople.Hal, OperationReference.New());
        }

        service.Time.Advance(TimeSpan.FromMinutes(5));
        var page = await tom.Browser.Text("/attention");
        page.ShouldContain("53 cards need attention.");
        page.ShouldContain("These are the 50 most urgent of 53 findings.");
        page.Split("Hal Wickersham</a>").Length.ShouldBe(51);
        await Settle();
    }

    [Fact]
    public async Task Another_registration_authority_sees_nothing_of_it_and_other_roles_neither_page_nor_tile()
    {
        var (_, id) = await service.Issue(60, SamplePeople.Juno);
        await Cut(Act.Renewal, id, SamplePeople.Juno, OperationReference.New());
        service.Time.Advance(TimeSpan.FromMinutes(5));
        using (var tom = await Operator.At(service, SamplePeople.Tom, "R5090"))
        {
            (await tom.Browser.Text("/attention")).ShouldContain("Juno Cobblepot");
            await service.Change("Sample", r => r.Registry.Organisations.Single(o => o.Code == SampleOrganisations.Hospitals).RegistrationAuthorityCode = null);
            (await tom.Browser.Text("/attention")).ShouldNotContain("Juno Cobblepot");
            await service.Change("Sample", r => r.Registry.Organisations.Single(o => o.Code == SampleOrganisations.Hospitals).RegistrationAuthorityCode = SampleOrganisations.RegistrationAuthority);
        }

        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        (await priya.Browser.Text("/")).ShouldNotContain("/attention");
        (await priya.Browser.Get("/attention")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Settle();
    }

    /// <summary>Whatever other tests left behind is over, and the count of the dashboard is a minute old.</summary>
    private async Task Settle()
    {
        await service.Change("Sample", r =>
        {
            foreach (var made in r.Registry.Smartcards.Where(c => c.PersonUuid == SamplePeople.Hal.Uuid))
            {
                made.Status = SmartcardStatus.Cancelled;
            }

            foreach (var open in r.Registry.Operations.Where(o => o.State == OperationState.Waiting))
            {
                open.State = OperationState.Completed;
            }
        });
        service.Time.Advance(TimeSpan.FromSeconds(61));
    }

    private Task Cut(Act act, Guid card, SamplePerson person, string reference) => service.Change("Sample", r =>
    {
        var now = service.Time.GetUtcNow();
        var operation = new Operation
        {
            Id = Guid.NewGuid(), Reference = reference, Act = act, SmartcardId = card, PersonUuid = person.Uuid, State = OperationState.Waiting, AgentId = "a", ComputerName = "WARD4-PC2",
            NotAfter = now.AddYears(2), OpenedAt = now, FinishBy = now.AddDays(14), TouchedAt = now,
        };
        r.Registry.Operations.Add(operation);
        r.Registry.OperationSteps.Add(new OperationStep
        {
            Id = Guid.NewGuid(), OperationId = operation.Id, KeyReference = 0x9C, Attempt = 1, State = StepState.Intended, Algorithm = 0x11, CreatedAt = now, ChangedAt = now,
        });
    });
}
