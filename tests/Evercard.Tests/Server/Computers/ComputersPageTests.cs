using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Registry.Computers;
using Evercard.Server.Computers;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.ManageSmartcard;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server.Computers;

/// <summary>The list of computers, and who approves them.</summary>
public sealed class ComputersPageTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Fact]
    public async Task The_registration_authority_approves_a_computer_and_takes_it_back()
    {
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        var dashboard = await tom.Browser.Text("/");
        dashboard.ShouldContain("<a class=\"nhsuk-header__navigation-link\" href=\"/computers\">Computers</a>");
        dashboard.ShouldContain("<a class=\"nhsuk-card__link\" href=\"/computers\">Computers</a>");
        var id = await Add("ZZ-APPROVE");
        var page = await tom.Browser.Text("/computers?find=zz-approve");
        page.ShouldContain("ZZ-APPROVE");
        page.ShouldContain("Known");
        page.ShouldContain("People log in and renew their own smartcards here. Nothing else.");

        var done = await tom.Browser.Submit("/computers?find=zz-approve", ("approve", id));
        (done.StatusCode, done.Headers.Location?.OriginalString).ShouldBe((HttpStatusCode.SeeOther, "/computers?find=zz-approve"));
        (await Status(id)).ShouldBe(AgentStatus.Approved);
        (await tom.Browser.Text("/computers?find=zz-approve")).ShouldContain("Withdraw approval");
        (await tom.Browser.Submit("/computers", ("withdraw", id))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Status(id)).ShouldBe(AgentStatus.Known);
        var events = await service.Read(r => r.Registry.AuditEvents.Where(e => e.AgentId == id).OrderBy(e => e.Sequence).ToListAsync());
        events.Select(e => (e.Kind, e.Facts["operator"])).ShouldBe([("ComputerApproved", SamplePeople.Tom.Uuid), ("ComputerApprovalWithdrawn", SamplePeople.Tom.Uuid)]);
    }

    [Fact]
    public async Task A_quarantine_ends_when_it_is_said_what_computer_support_found()
    {
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        var id = await Add("ZZ-RELEASE", AgentStatus.Quarantined);
        var unsaid = await tom.Browser.Submit("/computers?find=zz-release", ("end", id), ("found", " \u0007 "));
        unsaid.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await unsaid.Content.ReadAsStringAsync();
        page.ShouldContain($"<a href=\"#found-{id}\">Say what computer support found.</a>");
        page.ShouldContain($"aria-describedby=\"found-{id}-error\"");
        (await Status(id)).ShouldBe(AgentStatus.Quarantined);

        var longest = new string('x', ComputersModel.LongestFound - 1) + "\U0001F600";
        (await tom.Browser.Submit("/computers?find=zz-release", ("end", id), ("found", longest))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Status(id)).ShouldBe(AgentStatus.Known, "it is approved anew, or not");
        var ended = await service.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.AgentId == id));
        (ended.Kind, ended.Facts["operator"], ended.Facts["found"]).ShouldBe(("QuarantineEnded", SamplePeople.Tom.Uuid, longest[..^2]));
        (await tom.Browser.Text("/computers?find=zz-release")).ShouldContain("value=\"" + id + "\">Approve");
    }

    [Fact]
    public async Task A_quarantined_one_says_why_it_is_not_approved_and_is_not()
    {
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        var id = await Add("ZZ-LIAR", AgentStatus.Quarantined);
        var page = await tom.Browser.Text("/computers?find=ZZ-LIAR");
        page.ShouldContain("It handed in something that turned out to be false.");
        page.ShouldContain("Cannot be approved");
        page.ShouldNotContain($"value=\"{id}\">Approve");
        foreach (var fields in ((string, string)[][])[
            [("approve", id)], [("withdraw", id)], [], [("approve", "nobody")], [("approve", id), ("withdraw", id)], [("end", "nobody"), ("found", "It was a test.")],
            [("approve", id), ("end", id), ("found", "It was a test.")]])
        {
            var answer = await tom.Browser.Submit("/computers", fields);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("Nothing was changed");
        }

        (await Status(id)).ShouldBe(AgentStatus.Quarantined);
    }

    [Fact]
    public async Task Many_are_searched_and_outdated_ones_are_marked_and_counted()
    {
        using var tom = await Operator.At(service, SamplePeople.Tom, "R5090");
        var before = Outdated(await tom.Browser.Text("/computers"));
        for (var i = 0; i < 25; i++)
        {
            await Add($"AA-{i:D2}", version: i < 2 ? "0.0.9" : "1.0");
        }

        await Add("AA_%");
        var all = await tom.Browser.Text("/computers");
        all.ShouldContain("type=\"search\"");
        Outdated(all).ShouldBe(before + 2);
        all.ShouldContain("<strong class=\"nhsuk-tag nhsuk-tag--orange\">Outdated</strong>");
        all.ShouldContain("more. Search for part of a name.");
        all.ShouldNotContain("WARD4-PC1");
        var ward = await tom.Browser.Text("/computers?find=ward4");
        ward.ShouldContain("WARD4-PC1");
        ward.ShouldContain("Connected now");
        ward.ShouldNotContain("AA-01");
        (await tom.Browser.Text("/computers?find=_%25")).ShouldNotContain("AA-01", customMessage: "what is typed is no pattern");
        (await tom.Browser.Text("/computers?find=%3Cb%3E")).ShouldContain("No computer has");
    }

    [Fact]
    public async Task Nobody_else_sees_it()
    {
        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        (await priya.Browser.Text("/")).ShouldNotContain("href=\"/computers\"");
        (await priya.Browser.Get("/computers")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var id = await Add("ZZ-FORBIDDEN");
        (await priya.Browser.SubmitUnseen("/computers", ("approve", id))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Status(id)).ShouldBe(AgentStatus.Known);
    }

    [Theory]
    [InlineData("1.2", false)]
    [InlineData("1.1.9", true)]
    [InlineData("next", true)]
    [InlineData("", true)]
    public void Outdated_is_what_is_refused_acts(string version, bool isOutdated) =>
        ListedComputer.Of(Agent("PC", version, AgentStatus.Known), isConnected: false, new Version(1, 2), new LifecycleOptions()).IsOutdated.ShouldBe(isOutdated);

    private static int Outdated(string page) => int.Parse(Regex.Match(page, "Outdated: ([0-9]+)[.]").Groups[1].Value, CultureInfo.InvariantCulture);

    private static Evercard.Registry.Computers.Agent Agent(string name, string version, AgentStatus status) => new()
    {
        Id = $"{Guid.NewGuid():N}", PublicKey = [0], ComputerName = name, Version = version, Status = status,
        FirstSeenAt = DateTimeOffset.UnixEpoch, LastSeenAt = DateTimeOffset.UnixEpoch,
    };

    private async Task<string> Add(string name, AgentStatus status = AgentStatus.Known, string version = "1.0")
    {
        var agent = Agent(name, version, status);
        await service.Change("AgentRegistered", r => r.Registry.Agents.Add(agent));
        return agent.Id;
    }

    private Task<AgentStatus> Status(string id) => service.Read(r => r.Registry.Agents.Where(a => a.Id == id).Select(a => a.Status).SingleAsync());
}
