using Evercard.Lifecycle;
using Evercard.Server.AgentLink;
using Evercard.Server.CheckComputer;

namespace Evercard.Tests.Server.CheckComputer;

public sealed class ComputerCheckTests
{
    private const string Edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0";
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly AgentFacts Well = new("WARD4-PC1", "1.0.3", new Version(0, 1), false, null, Since, []);

    [Fact]
    public void A_browser_that_knows_no_agent_leaves_everything_unknown()
    {
        var rows = Rows(null, knowsAgent: false);
        rows[0].State.ShouldBe(CheckState.Good);
        rows.Skip(1).ShouldAllBe(row => row.State == CheckState.Unknown);
        Row(rows, "Clock").Finding.ShouldBe("Unknown: this browser knows no Identity Agent.");
    }

    [Fact]
    public void An_agent_that_is_not_connected_is_wrong_and_the_rest_is_unknown()
    {
        var rows = Rows(null);
        Row(rows, "Identity Agent").State.ShouldBe(CheckState.Bad);
        Row(rows, "Identity Agent").Fix.ShouldNotBeNull().ShouldStartWith("You: ");
        Row(rows, "Version").Finding.ShouldBe("Unknown: Identity Agent is not running.");
    }

    [Fact]
    public void A_running_agent_with_a_card_is_ready()
    {
        var rows = Rows(Well with { Cards = [new("Reader 0", new SeenCard(1, Guid.Empty, null))] });
        rows.ShouldAllBe(row => row.State == CheckState.Good && row.Fix == null);
        Row(rows, "Connection").Finding.ShouldContain("8:00am");
    }

    [Fact]
    public void Nobody_but_its_holder_is_told_whose_card_it_is()
    {
        var cancelled = new Refusal("CARD-CANCELLED", "This smartcard of Sol Merriweather was cancelled.", "Ask.");
        var rows = Rows(Well with { Cards = [new("Reader 0", new SeenCard(1, null, cancelled)), new("Reader 1", new SeenCard(1, Guid.NewGuid(), null))] });
        Row(rows, "Reader Reader 0").Finding.ShouldBe("This smartcard was cancelled (CARD-CANCELLED).");
        Row(rows, "Reader Reader 1").Finding.ShouldContain("to its holder only");
        string.Concat(rows).ShouldNotContain("Merriweather");
    }

    [Fact]
    public void An_old_agent_is_for_IT()
    {
        var row = Row(Rows(Well with { IsTooOld = true, MinimumVersion = new Version(1, 2) }), "Version");
        row.State.ShouldBe(CheckState.Bad);
        row.Finding.ShouldBe("Identity Agent 1.0.3 is too old: you can log in, but not renew.");
        row.Fix.ShouldNotBeNull().ShouldStartWith("IT: install 1.2");
        row.HelpHref.ShouldBe("/help/refusals/AGENT-OLD");
    }

    [Fact]
    public void A_wrong_clock_is_for_IT_and_says_by_how_much()
    {
        var row = Row(Rows(Well with { ClockError = TimeSpan.FromDays(-3) }), "Clock");
        row.State.ShouldBe(CheckState.Bad);
        row.Finding.ShouldBe("This computer's clock is 3 days behind.");
        row.Fix.ShouldNotBeNull().ShouldStartWith("IT: ");
    }

    [Theory]
    [InlineData(Edge, CheckState.Good, "Edge 141")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", CheckState.Good, "Firefox 144")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", CheckState.Good, "Chrome 142")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/49.0.2623.112 Safari/537.36", CheckState.Bad, "Chrome 49 is too old")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", CheckState.Bad, "Internet Explorer")]
    [InlineData("", CheckState.Unknown, "Not one that we try")]
    [InlineData(null, CheckState.Unknown, "Not one that we try")]
    [InlineData("Chrome/99999999999999999999 Firefox/x", CheckState.Unknown, "Not one that we try")]
    public void A_browser_is_known_by_what_it_calls_itself(string? userAgent, CheckState state, string finding)
    {
        var row = ComputerCheck.Rows(userAgent, false, null, null, TimeZoneInfo.Utc)[0];
        row.State.ShouldBe(state);
        row.Finding.ShouldStartWith(finding);
    }

    [Fact]
    public void The_report_has_every_row_and_who_can_help()
    {
        var rows = Rows(Well with { ClockError = TimeSpan.FromHours(2) });
        var report = CheckReport.Write(rows, Since, TimeZoneInfo.Utc, "0.1.0");
        report.ShouldStartWith("Check this computer, 22 November 2026, 8:00am");
        report.ShouldContain("✗ Clock: This computer's clock is 2 hours ahead.");
        rows.ShouldAllBe(row => report.Contains($"{row.Sign} {row.What}: {row.Finding}"));
    }

    private static IReadOnlyList<CheckRow> Rows(AgentFacts? agent, bool knowsAgent = true) => ComputerCheck.Rows(Edge, knowsAgent, agent, null, TimeZoneInfo.Utc);

    private static CheckRow Row(IReadOnlyList<CheckRow> rows, string what) => rows.Single(row => row.What == what);
}
