using System.Net;
using Evercard.DevHost.SampleCards;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.Pages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server.ServiceDesk;

/// <summary>Moira at the telephone.</summary>
public sealed class DeskTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Fact]
    public async Task A_reference_is_found_however_it_was_typed_and_tells_what_happened()
    {
        var operation = await Stopped("CARD-REMOVED");
        await Refused("CARD-REMOVED", 3);
        var (agent, moira) = await LoggedInBrowser.Of(service, SamplePeople.Moira, "Service desk");
        using (agent)
        using (moira)
        {
            (await moira.Text("/")).ShouldContain("href=\"/desk\"");
            var typed = Uri.EscapeDataString(operation.Reference.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)[2..]);
            (await moira.Get($"/desk?reference={typed}")).Headers.Location!.OriginalString.ShouldBe($"/desk/{operation.Reference}");
            (await moira.Get($"/desk/{operation.Reference.ToLowerInvariant()}")).Headers.Location!.OriginalString.ShouldBe($"/desk/{operation.Reference}");
            var page = await moira.Text($"/desk/{operation.Reference}");
            page.ShouldContain("<h1 class=\"nhsuk-heading-l\">What happened</h1>");
            page.ShouldContain("It was taken out.");
            page.ShouldContain("Put it back.");
            page.ShouldContain("W. H., Thistledown Hospitals (demo)");
            page.ShouldContain("3 others had CARD-REMOVED in the last hour.");
            page.ShouldContain("/help/refusals/CARD-REMOVED");

            var main = Help.HelpNode.Content(page);
            main.ShouldNotContain("Holloway");
            main.ShouldNotContain("<img");
            main.ShouldNotContain("<form");
            main.ShouldNotContain(operation.PersonUuid);
            main.ShouldNotContain($"{operation.SmartcardId}");
        }

        var looked = await service.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Kind == "ReferenceLookedUp" && e.OperationId == operation.Id));
        looked.Facts["operator"].ShouldBe(SamplePeople.Moira.Uuid);
    }

    [Fact]
    public async Task Others_are_counted_once_each_and_only_those_of_the_last_hour_with_this_very_cause()
    {
        var same = Guid.NewGuid();
        await Refused("CARD-BUSY", 2);
        service.Time.Advance(TimeSpan.FromMinutes(61));
        var operation = await Stopped("CARD-BUSY");
        await Tell("RenewalWaiting", "because", "CARD-BUSY", operation.SmartcardId);
        await Tell("RenewalWaiting", "because", "CARD-BUSY", same);
        await Tell("RenewalRefused", "code", "CARD-BUSY", same);
        await Tell("LogInRefused", "code", "CARD-BUSY", Guid.NewGuid());
        await Tell("LogInRefused", "code", "CARD-BUSY-NOT", Guid.NewGuid());
        await Tell("LogInRefused", "reader", "CARD-BUSY", Guid.NewGuid());
        await Tell("LogInRefused", "code", "CARD-BUSY", null);
        service.Time.Advance(TimeSpan.FromMinutes(59));
        var (agent, moira) = await LoggedInBrowser.Of(service, SamplePeople.Moira, "Service desk");
        using (agent)
        using (moira)
        {
            (await moira.Text($"/desk/{operation.Reference}")).ShouldContain("2 others had CARD-BUSY in the last hour.");
        }
    }

    [Fact]
    public async Task What_is_no_reference_is_asked_for_again()
    {
        var (agent, moira) = await LoggedInBrowser.Of(service, SamplePeople.Moira, "Service desk");
        using (agent)
        using (moira)
        {
            var page = await moira.Text("/desk?reference=EV-%3Cb%3E");
            page.ShouldContain("<title>Error: Enter a reference");
            page.ShouldContain("That is not a reference.");
            (await moira.Text("/desk?reference=")).ShouldContain("Enter a reference.");
            (await moira.Text("/desk")).ShouldNotContain("There is a problem");
            (await moira.Get("/desk/nonsense")).Headers.Location!.OriginalString.ShouldBe("/desk?reference=nonsense");
            var none = await moira.Get("/desk/EV-2222-22");
            none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await none.Content.ReadAsStringAsync()).ShouldContain("There is no such reference");
        }
    }

    [Fact]
    public async Task The_desk_is_for_the_service_desk_alone()
    {
        using var nobody = new TestBrowser(service.Address);
        (await nobody.Get("/desk/EV-2222-22")).Headers.Location!.OriginalString.ShouldContain("/log-in?return=");
        var (agent, wren) = await LoggedInBrowser.Of(service);
        using (agent)
        using (wren)
        {
            (await wren.Get("/desk")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await wren.Get("/desk/EV-2222-22")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await wren.Text("/")).ShouldNotContain("href=\"/desk\"");
        }
    }

    private async Task<Operation> Stopped(string code)
    {
        var (_, cardId) = await service.Issue();
        var now = service.Time.GetUtcNow();
        var operation = new Operation
        {
            Id = Guid.NewGuid(),
            Reference = OperationReference.New(),
            Act = Act.Renewal,
            SmartcardId = cardId,
            PersonUuid = SampleWard.Wren.Uuid,
            State = OperationState.Waiting,
            AgentId = "a",
            ComputerName = "WARD4-PC2",
            NotAfter = now.AddYears(2),
            OpenedAt = now,
            FinishBy = now.AddDays(30),
            TouchedAt = now,
            StoppedCode = code,
            StoppedDetail = "It was taken out.",
            StoppedNextStep = "Put it back.",
        };
        await service.Change("SampleStopped", r => r.Registry.Operations.Add(operation));
        return operation;
    }

    private async Task Refused(string code, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Tell("RenewalWaiting", "because", code, Guid.NewGuid());
        }
    }

    private Task Tell(string kind, string fact, string code, Guid? card) => service.Database.Write(
        r => r.Registry.Save(new AuditEvent { Kind = kind, SmartcardId = card, Facts = new Dictionary<string, string>(StringComparer.Ordinal) { [fact] = code } }, default),
        default);
}
