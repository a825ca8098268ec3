using System.Net;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.People;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.ManageSmartcard;

/// <summary>Each role of roles.json at each route of Manage Smartcard: the table decides, and nothing else.</summary>
public sealed class RoleRouteTests(ManageNode service) : IClassFixture<ManageNode>
{
    private static readonly SamplePerson Somebody = SamplePeople.Quincy;

    [Fact]
    public async Task Every_role_comes_as_far_as_the_table_says()
    {
        var table = service.Services.GetRequiredService<RoleTable>();
        var (card, id) = await service.Rosa();
        await service.Change("RolesGiven", r => r.Registry.RoleProfiles.AddRange(table.Roles.Select((role, i) => new RoleProfile
        {
            Id = $"577700000{i:D3}", PersonUuid = Somebody.Uuid, OrganisationCode = Somebody.OrganisationCode, RoleCode = $"S0080:G0450:{role.Code}", RoleName = role.Name,
        })));
        using var quincy = await Operator.At(service, Somebody, null);
        await quincy.Insert(card);
        var routes = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Permission.ManageSmartcard)
            .Select(route => $"/{route.RoutePattern.RawText?.TrimStart('/')}").Distinct().ToList();
        routes.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (var role in table.Roles.Append(new KnownRole("R8010", "Librarian")))
        {
            await quincy.Choose(service, Somebody, role.Code);
            foreach (var route in routes)
            {
                // A stream of events ends by itself where there is something to go on to: a card is in, or this one is not.
                var number = route.EndsWith("/events", StringComparison.Ordinal) ? Guid.NewGuid() : id;
                var answer = await quincy.Browser.Get(route.Replace("{smartcardId:guid}", $"{number}", StringComparison.Ordinal));
                (answer.StatusCode != HttpStatusCode.Forbidden).ShouldBe(table.Allows(role.Code, RolePermission.ManageSmartcard), $"{role.Name} at {route}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public void There_is_a_policy_for_each_permission_of_a_role() =>
        RolePermissions.All.Select(one => one.Name())
            .Except(typeof(Permission).GetFields().Select(field => (string)field.GetRawConstantValue()!)).ShouldBeEmpty();

    [Fact]
    public async Task The_wrong_role_is_told_which_of_the_own_roles_may_and_is_led_there_and_back()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R8009");
        (await priya.Browser.Text("/")).ShouldNotContain("nhsuk-header__navigation-link\" href=\"/manage\"");
        var answer = await priya.Browser.Get("/manage");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain("You are logged in as Receptionist. Manage Smartcard needs your ID Checker role.");
        page.ShouldContain("ROLE-WRONG");
        var role = await Operator.RoleOf(service, SamplePeople.Priya, "R5080");
        page.ShouldContain($"action=\"/role?role={role.Id}&return=%2Fmanage\"");
        page.ShouldContain("Switch to ID Checker");
        var asked = priya.Browser.Submit($"/role?role={role.Id}&return=%2Fmanage", ("role", role.Id), ("return", "/manage"));
        var opened = await priya.Agent.Receive<Evercard.Protocol.OpenPage>();
        (opened.RoleProfileId, opened.ReturnPath).ShouldBe((role.Id, "/manage"));
        await priya.Agent.Send(new Evercard.Protocol.PageOpened(opened.RequestId, "/window/abc"));
        (await asked).Headers.Location!.OriginalString.ShouldEndWith("/window/abc");
    }

    [Fact]
    public async Task Nobody_is_led_to_a_role_of_somebody_else_or_to_another_site()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R8009");
        var foreign = await Operator.RoleOf(service, SamplePeople.Tom, "R5090");
        var asked = priya.Browser.Submit("/role", ("role", foreign.Id), ("return", "//evil.example/"));
        var opened = await priya.Agent.Receive<Evercard.Protocol.OpenPage>();
        (opened.RoleProfileId, opened.ReturnPath).ShouldBe((null, "/"));
        await priya.Agent.Send(new Evercard.Protocol.PageOpened(opened.RequestId, "/window/abc"));
        await asked;
    }

    [Fact]
    public async Task Whoever_has_no_role_for_it_reads_names_places_and_hours()
    {
        using var bea = await Operator.At(service, SamplePeople.Bea, "R8010");
        var page = WebUtility.HtmlDecode(await (await bea.Browser.Get("/manage")).Content.ReadAsStringAsync());
        page.ShouldContain("None of your roles can manage another person's smartcard.");
        page.ShouldContain("Priya Saltmarsh, Main reception, Monday to Friday 8am to 4pm");
        page.ShouldContain("PERMISSION-NONE");
        var dashboard = await bea.Browser.Text("/");
        dashboard.ShouldContain("Why can't I see Manage Smartcard?");
        dashboard.ShouldContain("None of your roles can manage another person's smartcard.");
    }

    [Fact]
    public async Task A_local_smartcard_administrator_sees_the_card_and_reads_who_repairs()
    {
        var (card, id) = await service.Rosa();
        using var lena = await Operator.At(service, SamplePeople.Lena, "R5110");
        await lena.Insert(card);
        var page = await lena.Browser.Text($"/manage/{id}/service");
        page.ShouldContain("Not available to you now");
        page.ShouldContain("None of your roles can repair a smartcard.");
        page.ShouldNotContain("value=\"repair\"");
    }

    [Fact]
    public async Task Who_can_do_what_marks_the_own_roles()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        var page = await priya.Browser.Text("/who-can");
        page.ShouldContain("Your role now");
        page.ShouldContain("Local Smartcard Administrator");
        page.ShouldContain("Repair a smartcard");
    }
}
