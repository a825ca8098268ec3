using Evercard.Cli;
using Evercard.Cli.Notices;
using Evercard.Look;
using Evercard.Registry.Help;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.Pages;

namespace Evercard.Tests.Server.Notices;

/// <summary>Service notices, from the command line to the page.</summary>
public sealed class NoticeTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(6);

    private readonly StringWriter output = new();

    [Fact]
    public async Task A_notice_stands_on_every_page_from_its_start_to_its_end()
    {
        var now = service.Time.GetUtcNow();
        (await Notices().Add("Alert: We have moved to <https://desk.example/new>.", NoticeAudience.Everybody, now + TimeSpan.FromHours(1), now + TimeSpan.FromHours(2), default)).ShouldBe(NoticeCommands.Done);
        (await Help()).ShouldNotContain("We have moved");
        service.Time.Advance(TimeSpan.FromHours(1));
        var shown = await Help();
        shown.ShouldContain("Alert: We have moved to &lt;<a href=\"https://desk.example/new\">https://desk.example/new</a>&gt;.");
        shown.ShouldContain("id=\"ev-notices-title\">Important</h2>");
        (await Page("/problem/404")).ShouldContain("We have moved");
        (await Page("/check")).ShouldContain("We have moved");
        service.Time.Advance(TimeSpan.FromHours(1));
        (await Help()).ShouldNotContain("We have moved");
    }

    [Fact]
    public async Task A_notice_for_people_who_are_logged_in_is_read_by_nobody_else()
    {
        await Notices().Add("Repairs are slow today.", NoticeAudience.LoggedIn, null, null, default);
        service.Time.Advance(Soon);
        (await Help()).ShouldNotContain("Repairs are slow");
        var (agent, browser) = await LoggedInBrowser.Of(service);
        using (agent)
        using (browser)
        {
            (await browser.Text("/help")).ShouldContain("Repairs are slow today.");
        }
    }

    [Fact]
    public async Task A_notice_is_listed_and_ended_by_its_number()
    {
        await Notices().Add("The desk is closed.", NoticeAudience.Everybody, null, null, default);
        service.Time.Advance(Soon);
        (await Help()).ShouldContain("The desk is closed.");
        await Notices().List(false, default);
        var line = output.ToString().Split('\n').First(line => line.Contains("The desk is closed.", StringComparison.Ordinal));
        line.ShouldContain("  shown  everybody  2026-11-22 ");
        var number = int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        (await Notices().End(number, default)).ShouldBe(NoticeCommands.Done);
        service.Time.Advance(Soon);
        (await Help()).ShouldNotContain("The desk is closed.");
        (await Notices().End(number, default)).ShouldBe(NoticeCommands.NotDone);
        (await Notices().End(9_999, default)).ShouldBe(NoticeCommands.NotDone);
        await service.AuditChainIsWhole();
    }

    [Fact]
    public async Task A_notice_that_is_empty_or_ends_before_it_starts_is_not_added()
    {
        var now = service.Time.GetUtcNow();
        (await Notices().Add("  ", NoticeAudience.Everybody, null, null, default)).ShouldBe(NoticeCommands.NotDone);
        (await Notices().Add(new string('x', 501), NoticeAudience.Everybody, null, null, default)).ShouldBe(NoticeCommands.NotDone);
        (await Notices().Add("Backwards.", NoticeAudience.Everybody, now, now, default)).ShouldBe(NoticeCommands.NotDone);
    }

    [Fact]
    public async Task A_missing_database_is_not_made()
    {
        var nowhere = new FileInfo(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")));
        (await new NoticeCommands(new ChosenDatabase(nowhere), output, service.Time).List(true, default)).ShouldBe(NoticeCommands.Unusable);
        nowhere.Refresh();
        nowhere.Exists.ShouldBeFalse();
    }

    [Theory]
    [InlineData("No address here.", "No address here.")]
    [InlineData("See https://a.example/x, then rest.", "See |https://a.example/x*|, then rest.")]
    [InlineData("http://a.example javascript:alert(1)", "http://a.example javascript:alert(1)")]
    [InlineData("https://a.example", "https://a.example*")]
    [InlineData("\"https://a.example\"onclick=", "\"|https://a.example*|\"onclick=")]
    public void Web_addresses_in_a_notice_are_links_and_nothing_else_is(string text, string pieces) =>
        string.Join('|', NoticeText.Pieces(text).Select(piece => piece.IsLink ? piece.Text + "*" : piece.Text)).ShouldBe(pieces);

    private NoticeCommands Notices() => new(new ChosenDatabase(service.Store.ConnectionString), output, service.Time);

    private Task<string> Help() => Page("/help");

    private async Task<string> Page(string path)
    {
        using var browser = new TestBrowser(service.Address);
        return await (await browser.Get(path)).Content.ReadAsStringAsync();
    }
}
