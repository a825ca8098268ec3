using System.Net;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Registry.People;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.Pages;

/// <summary>A node with today's table of roles.</summary>
public sealed class CurrentPresetNode : JourneyNode
{
    public CurrentPresetNode() => Options = new LifecycleOptions { RolePreset = RoleTable.Current };
}

public sealed class ClassicAuthorisationTests(JourneyNode service) : AuthorisationTests(service), IClassFixture<JourneyNode>;

public sealed class CurrentAuthorisationTests(CurrentPresetNode service) : AuthorisationTests(service), IClassFixture<CurrentPresetNode>;

/// <summary>Every role of roles.json at every route that names a permission of roles, over HTTP: the table decides, and nothing else.</summary>
public abstract class AuthorisationTests(JourneyNode service)
{
    /// <summary>An open stream that has nothing to tell answers nothing; a refusal comes sooner, and is waited for where one is due.</summary>
    private static readonly TimeSpan StreamIsOpen = TimeSpan.FromMilliseconds(250);

    private static readonly SamplePerson Somebody = SamplePeople.Quincy;

    private sealed record Guarded(string Path, RolePermission Wanted, bool IsPage)
    {
        public bool IsStream => Path.EndsWith("/events", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_role_comes_exactly_as_far_as_the_table_says()
    {
        var table = service.Services.GetRequiredService<RoleTable>();
        var (card, id) = await service.Issue(200, SamplePeople.Callum);
        await service.Change("RolesGiven", r => r.Registry.RoleProfiles.AddRange(table.Roles.Select((role, i) => new RoleProfile
        {
            Id = $"577700000{i:D3}", PersonUuid = Somebody.Uuid, OrganisationCode = Somebody.OrganisationCode, RoleCode = $"S0080:G0450:{role.Code}", RoleName = role.Name,
        })));
        using var quincy = await Operator.At(service, Somebody, null);
        await quincy.Insert(card);
        var routes = Routes(id);
        routes.Select(route => route.Wanted).Distinct().Count().ShouldBeGreaterThanOrEqualTo(6, "own card, who can, manage, repair, cancel, computers");

        // First as nobody in particular: a log-in without a role.
        foreach (var role in table.Roles.Select(known => known.Code).Append("R8010").Prepend(null))
        {
            if (role is not null)
            {
                await quincy.Choose(service, Somebody, role);
            }

            foreach (var route in routes)
            {
                var may = table.Allows(role, route.Wanted);
                var where = $"{role ?? "no role"} at {route.Path}";
                using (var answer = route.IsStream ? await quincy.Browser.Begin($"{route.Path}?seen=nothing", may ? StreamIsOpen : null) : await quincy.Browser.Get(route.Path))
                {
                    if (answer is null)
                    {
                        may.ShouldBeTrue($"{where} is an open stream");
                        continue;
                    }

                    await Expect(answer, may, where);
                }

                if (route.IsPage)
                {
                    // Without the form's token nothing is done, but who may not come is told that first.
                    using var posted = await quincy.Browser.Post(route.Path);
                    await Expect(posted, may, $"POST as {where}");
                }
            }
        }
    }

    [Fact]
    public async Task Without_a_log_in_every_one_of_these_routes_leads_to_the_log_in_and_tells_nothing()
    {
        var (_, id) = await service.Issue(200, SamplePeople.Callum);
        using var nobody = new TestBrowser(service.Address);
        foreach (var route in Routes(id))
        {
            using var answer = await nobody.Get(route.Path);
            (answer.StatusCode, answer.Headers.Location?.PathAndQuery()).ShouldBe((HttpStatusCode.Redirect, $"/log-in?return={Uri.EscapeDataString(route.Path)}"));
            using var posted = await nobody.Post(route.Path);
            posted.StatusCode.ShouldBeOneOf([HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed], $"POST {route.Path}");
        }
    }

    [Fact]
    public async Task After_the_log_in_is_over_every_one_of_these_routes_says_so()
    {
        var (card, id) = await service.Issue(200, SamplePeople.Callum);
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        await tom.Insert(card);
        await service.Services.GetRequiredService<SessionLife>().LogOutById(
            Evercard.Lifecycle.LogIn.LogIn.SessionId(tom.Session.SessionId), Evercard.Registry.Computers.Session.LoggedOutInBrowser, default);
        foreach (var route in Routes(id))
        {
            using var answer = await tom.Browser.Get(route.Path);
            (answer.StatusCode, answer.Headers.Location?.PathAndQuery()).ShouldBe((HttpStatusCode.Redirect, $"/logged-out?return={Uri.EscapeDataString(route.Path)}"));
        }
    }

    /// <summary>Knowing a card's number opens nothing: neither to read nor to act. (Its history is there for another permission, without the card.)</summary>
    [Fact]
    public async Task A_card_that_is_in_no_reader_of_the_own_computer_is_not_here_at_every_route_of_Manage_Smartcard()
    {
        var (card, id) = await service.Issue(200, SamplePeople.Callum);
        using var operatorHere = await Operator.At(service, SamplePeople.Tom, "R5090");
        using var elsewhere = await Operator.At(service, SamplePeople.Wren, null);
        await elsewhere.Insert(card);
        var mark = await service.AuditMark();
        foreach (var number in (Guid[])[id, Guid.NewGuid(), elsewhere.CardId])
        {
            var routes = Routes(number).Where(route => route.Path.StartsWith($"/manage/{number}", StringComparison.Ordinal)).ToList();
            routes.Count.ShouldBeGreaterThanOrEqualTo(10);
            foreach (var route in routes)
            {
                await IsNotHere(operatorHere.Browser, await operatorHere.Browser.Get(route.Path), route, $"GET {route.Path}");
                if (route.IsPage)
                {
                    await IsNotHere(
                        operatorHere.Browser,
                        await operatorHere.Browser.SubmitUnseen(route.Path, ("act", "repair"), ("known", "Passport"), ("reason", "Lost")), route, $"POST {route.Path}");
                }
            }
        }

        (await service.AuditSince(mark)).ShouldBeEmpty("nothing was shown, opened or cancelled");
    }

    private static async Task IsNotHere(TestBrowser browser, HttpResponseMessage answer, Guarded route, string where)
    {
        // A page of an act that was never begun leads to its beginning, or to Manage Smartcard.
        for (var i = 0; answer.StatusCode == HttpStatusCode.SeeOther && i < 3; i++)
        {
            var next = answer.Headers.Location!.PathAndQuery();
            if (next == "/manage")
            {
                return;
            }

            answer = await browser.Get(next);
        }

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldNotContain(SamplePeople.Callum.FullName, customMessage: where);
        if (route.IsStream)
        {
            page.ShouldContain("/manage", customMessage: where);
            return;
        }

        // A page that takes no form says that.
        var isPost = where.StartsWith("POST", StringComparison.Ordinal);
        answer.StatusCode.ShouldBeOneOf(isPost ? [HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed] : [HttpStatusCode.NotFound], $"{where}: {answer.StatusCode}");
        if (route.IsPage && answer.StatusCode == HttpStatusCode.NotFound)
        {
            page.ShouldContain("CARD-NOT-HERE", customMessage: where);
        }
    }

    private static async Task Expect(HttpResponseMessage answer, bool may, string where)
    {
        (answer.StatusCode != HttpStatusCode.Forbidden).ShouldBe(may, $"{where}: {answer.StatusCode}");
        if (!may)
        {
            var page = await answer.Content.ReadAsStringAsync();
            (page.Contains("ROLE-WRONG", StringComparison.Ordinal) || page.Contains("PERMISSION-NONE", StringComparison.Ordinal)).ShouldBeTrue($"{where} says why");
        }
        else
        {
            // Not an answer to a log-in that is missing either.
            ((int)answer.StatusCode).ShouldBeLessThan(500, where);
            (answer.Headers.Location?.PathAndQuery() ?? "").ShouldNotContain("/log", customMessage: where);
        }
    }

    /// <summary>What can be fetched, with the permission that its route names.</summary>
    private List<Guarded> Routes(Guid smartcardId) =>
        [.. service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(route => (
                Path: $"/{route.RoutePattern.RawText?.TrimStart('/')}",
                Wanted: RolePermissions.Find(route.Metadata.GetMetadata<IAuthorizeData>()?.Policy),
                Methods: route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(route => route.Wanted is not null && (route.Methods.Count == 0 || route.Methods.Contains("GET")))
            .Select(route => new Guarded(
                route.Path.Replace("{smartcardId:guid}", $"{smartcardId}", StringComparison.Ordinal).Replace("{reference}", "EV-7K4Q-92", StringComparison.Ordinal)
                    .Replace("{uuid}", "999099999999", StringComparison.Ordinal),
                route.Wanted!.Value, IsPage: route.Methods.Count == 0))
            .Distinct()];
}

internal static class Locations
{
    /// <summary>Without the server, whether it was named or not.</summary>
    public static string PathAndQuery(this Uri location) => location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
}
