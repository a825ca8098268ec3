using Evercard.Agent;
using Evercard.CardSimulator;
using Evercard.DevHost;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Registry.Audit;
using Evercard.Tests.Journey;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.DevHost;

/// <summary>The sample world as it is started by `./run`: each card is what the table says it is.</summary>
public sealed class SampleNodeTests(SampleNodeTests.World world) : IClassFixture<SampleNodeTests.World>
{
    /// <summary>What the server says of each card before any passcode.</summary>
    public static TheoryData<string, string> Greetings() => new()
    {
        { "wren", "RenewalDue 68" },
        { "callum", "Good 214" },
        { "bea", "RenewalDue 6" },
        { "edda", "RenewalDue 0" },
        { "rosa", "CARD-EXPIRED" },
        { "ned", "CARD-EXPIRED" },
        { "odile", "CARD-LOCKED" },
        { "gus", "CARD-LOCKED" },
        { "ivo", "LOCKED-EXPIRED" },
        { "juno", "RenewalUnfinished 40" },
        { "max", "RepairUnfinished 75" },
        { "hal", "RenewalDue 80" },
        { "tilda", "RenewalDue 50" },
        { "sol", "Good 410" },
        { "sol-old", "CARD-CANCELLED" },
        { "zed", "RenewalDue 20" },
        { "priya", "Good 340" },
        { "oldrsa", "RenewalDue 60" },
        { "blank", "CARD-BLANK" },
        { "foreign", "CARD-UNKNOWN" },
    };

    [Theory]
    [MemberData(nameof(Greetings))]
    public async Task A_card_is_greeted_as_the_table_says(string name, string greeting)
    {
        using var card = await world.Node.Make(Wallet.Named(name), default);
        using (world.Ward4.With(card))
        {
            (await world.Ward4.Greet() switch
            {
                AgentOutcome<CardGreeting>.Done done => $"{done.Message.State} {done.Message.DaysLeft}",
                AgentOutcome<CardGreeting>.Refused no => no.Message.Code,
                _ => "neither",
            }).ShouldBe(greeting);
        }
    }

    [Fact]
    public async Task A_card_whose_holder_has_left_does_not_log_in()
    {
        using var card = await world.Node.Make(Wallet.Named("perry"), default);
        using (world.Ward4.With(card))
        {
            (await world.Ward4.LogIn()).ShouldBeOfType<AgentOutcome<LoggedIn>.Refused>().Message.Code.ShouldBe("PROFILE-CLOSED");
        }
    }

    [Fact]
    public async Task The_half_renewed_card_is_finished_by_its_holder_alone()
    {
        using var card = await world.Node.Make(Wallet.Named("juno"), default);
        card.RunAt(CardSpeed.Instant);
        using (world.Ward4.With(card))
        {
            (await world.Ward4.Renew(null, takeOver: true)).ShouldBeOfType<AgentOutcome<ActCompleted>.Done>();
        }
    }

    [Fact]
    public async Task The_faulty_chip_fails_to_store_its_certificate()
    {
        using var card = await world.Node.Make(Wallet.Named("zed"), default);
        card.RunAt(CardSpeed.Instant);
        using (world.Ward4.With(card))
        {
            var session = await world.Ward4.Session();
            (await world.Ward4.Renew(session)).ShouldBeOfType<AgentOutcome<ActCompleted>.Refused>().Message.Code.ShouldBe("CARD-FAULTY");
        }
    }

    [Fact]
    public async Task Wren_has_two_roles_to_choose_from()
    {
        using var card = await world.Node.Make(Wallet.Named("wren"), default);
        card.RunAt(CardSpeed.Instant);
        using (world.Ward4.With(card))
        {
            (await world.Ward4.LogIn()).ShouldBeOfType<AgentOutcome<LoggedIn>.Done>().Message.Roles!.Select(role => role.RoleName)
                .ShouldBe(["Staff nurse, Outpatients", "Staff nurse, Ward 4"]);
        }
    }

    [Fact]
    public async Task The_audit_trail_of_a_fresh_world_is_whole_and_goes_forward_in_time()
    {
        var events = await world.Node.Database.Read(r => r.Registry.AuditEvents.OrderBy(e => e.Sequence).ToListAsync(), default);
        AuditChain.Verify(events).ShouldBeOfType<AuditFinding.Whole>();
        events.Select(e => e.At).ShouldBeInOrder();
    }

    [Fact]
    public async Task People_in_bulk_are_rows_with_two_credentials_each()
    {
        var before = await world.Node.Database.Read(r => r.Registry.Credentials.CountAsync(), default);
        await new ManyPeople(world.Node.Database, world.Node.Clock).Add(60, default);
        await new ManyPeople(world.Node.Database, world.Node.Clock).Add(5, default);
        (await world.Node.Database.Read(r => r.Registry.Credentials.CountAsync(), default)).ShouldBeGreaterThanOrEqualTo(before + 130);
    }

    /// <summary>One world for all tests: they only look at cards of their own.</summary>
    public sealed class World : IAsyncLifetime
    {
        private DataFolder folder = null!;

        public SampleNode Node { get; private set; } = null!;

        public Computer Ward4 { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            folder = DataFolder.Fresh();
            var address = $"http://localhost:{LoopbackPort.Free()}";
            Node = await SampleNode.Start(new SampleNodeOptions { Folder = folder, Address = address }, default);
            Ward4 = await Computer.Start(new Uri(address), "WARD4-PC1", Node.Clock, new CollectingLogs());
        }

        public async Task DisposeAsync()
        {
            await Ward4.DisposeAsync();
            await Node.DisposeAsync();
            folder.Dispose();
        }
    }
}
