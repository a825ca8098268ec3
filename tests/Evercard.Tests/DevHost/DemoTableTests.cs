using System.Net;
using Evercard.Agent;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost;
using Evercard.DevHost.Clock;
using Evercard.DevHost.DemoTable;
using Evercard.DevHost.Faults;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Protocol;

namespace Evercard.Tests.DevHost;

/// <summary>The table that `./run` lays: its page, its cards, its switches.</summary>
public sealed class DemoTableTests(DemoTableTests.Laid laid) : IClassFixture<DemoTableTests.Laid>
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    private Table Table => laid.Table;

    [Fact]
    public async Task The_page_shows_every_card_without_script_or_style_of_its_own()
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri($"{laid.Address}/demo"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        Wallet.All.ShouldAllBe(card => page.Contains($"id=\"show-{card.Name}\"", StringComparison.Ordinal));
        SamplePeople.All.ShouldAllBe(person => page.Contains(person.FullName, StringComparison.Ordinal));
        page.ShouldContain(SampleNode.Banner);
        page.ShouldNotContain("style=");
        page.ShouldNotContain("<style");
        System.Text.RegularExpressions.Regex.Matches(page, "<script[^>]*>").Select(m => m.Value).ShouldAllBe(tag => tag.Contains("src=\"/look/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_page_needs_is_served_beside_it()
    {
        using var client = new HttpClient();
        (await client.GetAsync(new Uri($"{laid.Address}/demo/table.css"))).Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        (await client.GetAsync(new Uri($"{laid.Address}/demo/portraits/{SamplePeople.Wren.Uuid}"))).Content.Headers.ContentType!.MediaType.ShouldBe(Portrait.MediaType);
        (await client.GetAsync(new Uri($"{laid.Address}/demo/portraits/{SamplePeople.Ned.Uuid}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Showing_a_card_leads_to_the_window_that_the_agent_opens_for_it()
    {
        var window = (await Table.Show("bea", default)).ShouldNotBeNull();
        window.GetLeftPart(UriPartial.Authority).ShouldBe(Table.Agent.Pages!.GetLeftPart(UriPartial.Authority));
        var all = await Table.Cards!.All(default);
        all.Single(card => card.Card.Name == "bea").ShouldSatisfyAllConditions(
            card => card.Reader.ShouldBe(Table.FirstReader),
            card => card.State.ShouldBe("6 days left"));
        Table.TakeOut(Table.FirstReader);
    }

    [Theory]
    [InlineData("rosa", true)]
    [InlineData("ned", true)]
    [InlineData("ivo", true)]
    [InlineData("max", true)]
    [InlineData("perry", true)]
    [InlineData("zed", false)]
    [InlineData("juno", false)]
    [InlineData("odile", false)]
    [InlineData("sol-old", false)]
    [InlineData("blank", false)]
    public async Task A_card_that_shows_nothing_without_an_operator_lies_beside_hers_and_one_window_opens(string name, bool needsOperator)
    {
        Table.Opened.Take();
        (await Table.Show(name, default)).ShouldNotBeNull();
        Table.Opened.All.Count.ShouldBe(1);
        var all = await Table.Cards!.All(default);
        all.Single(card => card.Card.Name == name).Reader.ShouldBe(needsOperator ? Table.SecondReader : Table.FirstReader);
        all.Single(card => card.Card.Name == Table.Operator).Reader.ShouldBe(needsOperator ? Table.FirstReader : null);
        Table.TakeOut(Table.FirstReader);
        Table.TakeOut(Table.SecondReader);
    }

    [Theory]
    [InlineData("wren", "68 days left")]
    [InlineData("rosa", "Expired 12 days ago")]
    [InlineData("ned", "Expired 33 days ago")]
    [InlineData("odile", "Locked, 30 days left")]
    [InlineData("ivo", "Locked, expired 5 days ago")]
    [InlineData("juno", "Renewal unfinished, 40 days left")]
    [InlineData("max", "Repair unfinished, 75 days left")]
    [InlineData("zed", "Faulty chip, 20 days left")]
    [InlineData("sol-old", "Cancelled: it was reported lost")]
    [InlineData("blank", "Nothing on it")]
    public async Task The_wallet_says_the_same_of_a_card_before_and_after_it_is_made(string name, string state)
    {
        (await Table.Cards!.All(default)).Single(card => card.Card.Name == name).State.ShouldBe(state);
        await Table.Cards.Get(Wallet.Named(name), default);
        (await Table.Cards.All(default)).Single(card => card.Card.Name == name).State.ShouldBe(state);
    }

    [Fact]
    public async Task A_card_that_is_pulled_at_step_10_is_finished_when_it_is_put_back()
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var messages = new FileSystemWatcher(Directory.CreateDirectory(laid.Messages).FullName, "*.json");
        messages.Renamed += (_, _) =>
        {
            if (Table.Inbox.Newest().Any(message => message.Who == "Hal Wickersham" && message.IsText))
            {
                came.TrySetResult();
            }
        };
        messages.EnableRaisingEvents = true;
        (await Table.Cards!.Get(Wallet.Named("hal"), default)).RunAt(CardSpeed.Instant);
        await Table.Put("hal", Table.FirstReader, default);
        var agent = Table.Agent.Agent!;
        var session = (await agent.LogIn(Table.FirstReader, Passcode, default)).ShouldBeOfType<AgentOutcome<LoggedIn>.Done>().Message.SessionId;
        Table.Pull!.Step = 10;
        (await agent.Renew(session, Table.FirstReader, Passcode, takeOver: false, null, default)).ShouldBeOfType<AgentOutcome<ActCompleted>.Refused>();
        Table.Readers.Single(r => r.Name == Table.FirstReader).CardPresent.ShouldBeFalse();
        var cut = await Table.Look(default);
        cut.Single(card => card.Card.Name == "hal").State.ShouldBe("Renewal unfinished, 80 days left");

        await Table.Put("hal", Table.FirstReader, default);
        (await agent.Renew(null, Table.FirstReader, Passcode, takeOver: true, null, default)).ShouldBeOfType<AgentOutcome<ActCompleted>.Done>();
        var renewed = await Table.Look(default);
        renewed.Single(card => card.Card.Name == "hal").State.ShouldMatch(@"^7\d\d days left$");
        Table.Version(renewed).ShouldNotBe(Table.Version(cut));
        Table.TakeOut(Table.FirstReader);

        // Hal is told, and the table shows it.
        await came.Task.WaitAsync(AtMost);
        using var client = new HttpClient();
        var page = WebUtility.HtmlDecode(await client.GetStringAsync(new Uri($"{laid.Address}/demo")));
        page.ShouldContain("Hal Wickersham, phone");
        page.ShouldContain($"<a href=\"{laid.Address}/not-me/");
    }

    [Fact]
    public async Task A_cut_network_takes_the_agents_link_and_a_mended_one_brings_it_back()
    {
        var agent = Table.Agent.Agent!;
        await agent.WhenConnected(default).WaitAsync(AtMost);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs e)
        {
            if (!agent.IsConnected)
            {
                gone.TrySetResult();
            }
        }

        agent.Changed += Look;
        await Table.Throw("network-cut", default);
        await gone.Task.WaitAsync(AtMost);
        agent.Changed -= Look;
        await Table.Throw("network-cut", default);
        await agent.WhenConnected(default).WaitAsync(AtMost);
    }

    [Fact]
    public async Task An_agent_that_was_off_comes_back_at_the_same_place()
    {
        var pages = Table.Agent.Pages;
        await Table.Throw("agent-off", default);
        Table.Agent.IsOn.ShouldBeFalse();
        await Table.Throw("agent-off", default);
        Table.Agent.Pages.ShouldBe(pages);
        await Table.Agent.Agent!.WhenConnected(default).WaitAsync(AtMost);
    }

    [Fact]
    public async Task Past_the_last_day_the_card_in_the_reader_has_expired()
    {
        await Table.Put("edda", Table.FirstReader, default);
        await Table.MoveClockToExpiry(default);
        (await Table.Cards!.All(default)).Single(card => card.Card.Name == "edda").State.ShouldBe("Expired 1 day ago");
        Table.ClockBackToNow();
        Table.ClockIsMoved.ShouldBeFalse();
        Table.TakeOut(Table.FirstReader);
    }

    private static Evercard.Agent.CardScripts.HeldPasscode Passcode => SampleWard.Hold(SampleWard.Passcode, TimeProvider.System);

    /// <summary>Laid once; the tests of a class run one after another and leave the readers empty.</summary>
    public sealed class Laid : IAsyncLifetime
    {
        private readonly DataFolder folder = DataFolder.Fresh();
        private readonly SimulatedReaders readers = new(Table.FirstReader, Table.SecondReader);
        private SampleNode node = null!;
        private SwitchedAgent agent = null!;

        public string Address { get; } = $"http://localhost:{LoopbackPort.Free()}";

        public string Messages => folder.Messages;

        public Table Table { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Table? table = null;
            var lifecycle = new LifecycleOptions();
            node = await SampleNode.Start(new SampleNodeOptions { Folder = folder, Address = Address, Lifecycle = lifecycle, Table = () => table }, default);
            var opened = new OpenedAddresses();
            var pull = new PullAtStep(readers);
            var clock = new DemoClock(node.Clock);
            agent = new SwitchedAgent(new SwitchedAgentOptions
            {
                Server = new Uri(Address),
                Data = folder.Agent,
                Readers = readers,
                PagesPort = 0,
                Time = clock,
                Opener = opened.Opener,
                Progressed = pull.Told,
            });
            Table = table = new Table(node, agent, readers, pull, clock, opened, lifecycle);
            await node.Listen(default);
            await agent.Start(null, default);
            await agent.Agent!.WhenConnected(default).WaitAsync(AtMost);
        }

        public async Task DisposeAsync()
        {
            Table.Dispose();
            await agent.DisposeAsync();
            await node.DisposeAsync();
            readers.Dispose();
            folder.Dispose();
        }
    }
}
