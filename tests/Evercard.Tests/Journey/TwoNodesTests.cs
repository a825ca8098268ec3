using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Evercard.Agent;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Lifecycle;
using Evercard.Protocol;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Server;
using Evercard.Server.Join;
using Evercard.Tests.Lifecycle;
using Evercard.Tests.Server;
using Evercard.Tests.Server.Pages;
using Evercard.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Evercard.Tests.Journey;

/// <summary>Two server nodes on one database, with an agent at each, and one card that moves between them.</summary>
public sealed class TwoNodesTests(JourneyNode first) : IClassFixture<JourneyNode>
{
    [Fact]
    public async Task A_renewal_that_was_cut_at_one_node_is_finished_at_the_other_by_its_cardholder()
    {
        await using var second = await OtherNode.Start(first);
        await using var there = await second.Start("WARD5-PC1");
        var (card, id) = await first.Issue();
        using (first.Ward4Pc1.With(card))
        {
            var session = await first.Ward4Pc1.Session();
            card.CutAtNext(0xDB);
            (await first.Ward4Pc1.Renew(session)).ShouldRefuse("CARD-REMOVED");
        }

        using (there.With(card))
        {
            (await there.Greet()).ShouldBeDone().State.ShouldBe(CardStanding.RenewalUnfinished);
            (await there.Renew(null)).ShouldBeDone();
            await there.Session();
        }

        await IsRenewed(card, id, visits: 2);
    }

    /// <summary>As the kinds of the commits between which the node dies: everything before is there, nothing after.</summary>
    [Theory]
    [InlineData("RenewalRequested")]
    [InlineData("KeyGenerationIntended")]
    [InlineData("KeyStaged")]
    [InlineData("CertificateIssued")]
    public async Task A_renewal_whose_node_was_killed_between_two_commits_is_finished_at_the_other(string last)
    {
        var (card, id) = await first.Issue();
        var mortal = new KilledAfter(first.Store.ConnectionString, first.Time, last);
        await using (var second = await OtherNode.Start(first, mortal))
        {
            await using var there = await second.Start("WARD5-PC2");
            using (there.With(card))
            {
                var session = await there.Session();
                var renewal = there.Renew(session);
                await mortal.Killed.WaitAsync(TimeSpan.FromSeconds(30));
                await second.DisposeAsync();
                (await renewal).ShouldNotBeOfType<AgentOutcome<ActCompleted>.Done>();
            }
        }

        using (first.Ward4Pc2.With(card))
        {
            (await first.Ward4Pc2.Greet()).ShouldBeDone();
            (await first.Ward4Pc2.Renew(await first.Ward4Pc2.Session(), takeOver: true)).ShouldBeDone();
        }

        await IsRenewed(card, id, visits: 2);
    }

    [Fact]
    public async Task Of_two_nodes_at_which_a_card_is_renewed_at_once_one_finishes_and_nothing_is_made_twice()
    {
        await using var second = await OtherNode.Start(first);
        await using var there = await second.Start("WARD5-PC3");
        var (card, id) = await first.Issue();
        string elsewhere;
        using (first.Ward4Pc1.With(card))
        {
            elsewhere = await first.Ward4Pc1.Session();
            card.CutAtNext(0x47);
            (await first.Ward4Pc1.Renew(elsewhere)).ShouldRefuse("CARD-REMOVED");
        }

        using (there.With(card))
        {
            var here = there.Renew(null);
            // Its first node is asked too, while the card is at the second one.
            (await first.Ward4Pc1.Renew(elsewhere, takeOver: true)).ShouldNotBeOfType<AgentOutcome<ActCompleted>.Done>();
            await here;
            (await there.Renew(null, takeOver: true)).ShouldNotBeNull();
        }

        await HasOneCurrentCertificateForEachKey(card, id);
        await first.AuditChainIsWhole();
    }

    [Fact]
    public async Task A_browser_that_logged_in_at_one_node_is_known_at_the_other_and_logs_leftthere()
    {
        await using var second = await OtherNode.Start(first);
        var (agent, browser) = await LoggedInBrowser.Of(first);
        using (agent)
        using (browser)
        {
            // One host, two ports: the browser sends the same cookies to both.
            var page = await browser.Text(second.Address.AbsoluteUri);
            page.ShouldContain("Wren Holloway");
            var left = await browser.Send(
                new Uri(second.Address, "/log-out").AbsoluteUri,
                [("__RequestVerificationToken", TestBrowser.TokenIn(page))],
                request =>
                {
                    request.Headers.Remove("Origin");
                    request.Headers.Add("Origin", second.Address.GetLeftPart(UriPartial.Authority));
                });
            left.Headers.Location!.OriginalString.ShouldBe("/logged-out");

            (await browser.Get("/")).Headers.Location?.OriginalString.ShouldStartWith("/logged-out");
            (await browser.Text("/logged-out")).ShouldContain("You logged out at");
        }
    }

    [Fact]
    public async Task A_ticket_and_a_code_of_one_node_are_good_at_the_other_and_once()
    {
        await using var second = await OtherNode.Start(first);
        var (joining, other) = (first.Services.GetRequiredService<Joining>(), second.Services.GetRequiredService<Joining>());
        var cookie = Guid.NewGuid().ToString();
        var ticket = first.Services.GetRequiredService<JoinTickets>().Make(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(cookie))), first.Ward4Pc1.Agent.AgentId);

        var claimed = (await other.Claim(first.Ward4Pc1.Agent.AgentId, ticket, null, default)).ShouldBeOfType<ClaimOutcome.Claimed>();
        (await joining.Claim(first.Ward4Pc1.Agent.AgentId, ticket, null, default)).ShouldBeOfType<ClaimOutcome.Refused>();
        (await joining.Complete(claimed.Code, cookie, default)).ShouldNotBeNull();
        (await other.Complete(claimed.Code, cookie, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_log_in_goes_on_when_its_agent_comes_back_at_the_other_node()
    {
        var atSecond = new TellingDatabase(first.Store.ConnectionString, first.Time);
        await using var second = await OtherNode.Start(first, atSecond);
        var (card, _) = await first.Issue();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var here = await BareAgent.Join(first.Address, key);
        var agent = here.Id;
        var session = await here.LogIn(first.Address, card, "Reader 0");
        var id = Evercard.Lifecycle.LogIn.LogIn.SessionId(session.SessionId);

        // The other link begins before the first node has noticed that its own is gone.
        using var there = await BareAgent.Join(second.Address, key);
        await atSecond.Until(async () => (await Session()).SuspendedBecause is not null);
        await there.Show(card, "Reader 0");
        await atSecond.Until(async () => (await Session()).SuspendedUntil is null);
        here.Socket.Abort();
        await first.Database.Until(async () => await first.Read(r => r.Registry.AuditEvents.AnyAsync(e => e.Kind == "AgentDisconnected" && e.AgentId == agent)));

        (await Session()).SuspendedUntil.ShouldBeNull("the end of a link that was replaced means nothing");

        Task<Evercard.Registry.Computers.Session> Session() => first.Read(r => r.Registry.Sessions.SingleAsync(s => s.Id == id));
    }

    /// <summary>A node reads the keys of pages once a day: with two first keys, neither knew the other's cookies until then.</summary>
    [Fact]
    public async Task Two_nodes_that_start_on_an_empty_database_make_one_key_of_pages()
    {
        var folder = Directory.CreateTempSubdirectory("evercard-two-").FullName;
        using var store = TestDatabase.In(folder);
        var keys = ReadyAuthority.In(folder, key => key);
        await using var one = await Build();
        await using var two = await Build();
        var (ofOne, ofTwo) = (Repository(one), Repository(two));
        ofOne.GetAllElements().ShouldBeEmpty();
        ofTwo.GetAllElements().ShouldBeEmpty();

        ofOne.StoreElement(new XElement("key"), "first");
        ofTwo.StoreElement(new XElement("key"), "second");

        ofOne.GetAllElements().Count.ShouldBe(1);
        ofTwo.GetAllElements().Count.ShouldBe(1);

        // A later key, which one of them makes before the first is too old, is stored.
        ofTwo.StoreElement(new XElement("key"), "third");
        ofOne.GetAllElements().Count.ShouldBe(2);
        await one.DisposeAsync();
        await two.DisposeAsync();
        store.Dispose();
        Directory.Delete(folder, recursive: true);

        Task<WebApplication> Build() => CareIdentity.Build(new ServerOptions
        {
            Address = "http://127.0.0.1:0", Database = store.ConnectionString, Authority = keys, Time = first.Time, LogToStandardError = true,
        });

        static Microsoft.AspNetCore.DataProtection.Repositories.IXmlRepository Repository(WebApplication node) =>
            node.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository!;
    }

    private async Task IsRenewed(SimulatedCard card, Guid id, int visits)
    {
        await HasOneCurrentCertificateForEachKey(card, id);
        var operation = await first.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal));
        (operation.State, operation.Epoch).ShouldBe((OperationState.Completed, visits));
        await first.AuditChainIsWhole();
    }

    private async Task HasOneCurrentCertificateForEachKey(SimulatedCard card, Guid id)
    {
        var current = await first.Read(r => r.Registry.Credentials.Where(c => c.SmartcardId == id && c.Status == CredentialStatus.Current).ToListAsync());
        current.Select(c => (KeyReference)c.KeyReference).ShouldBe([KeyReference.Authentication, KeyReference.Signature], ignoreOrder: true);
        foreach (var one in current)
        {
            CardCheck.CertificateOn(card, (KeyReference)one.KeyReference).ShouldBe(one.Certificate);
        }
    }

    /// <summary>A node whose process ends right after a commit that told this: it commits nothing more.</summary>
    private sealed class KilledAfter(string connectionString, TimeProvider time, string kind) : Database(connectionString, time)
    {
        private readonly TaskCompletionSource killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Killed => killed.Task;

        protected override async Task Commit(DbTransaction transaction, Records records, CancellationToken cancellation)
        {
            if (killed.Task.IsCompleted)
            {
                throw new InvalidOperationException("The process was killed.");
            }

            await base.Commit(transaction, records, cancellation);
            if (records.Registry.ChangeTracker.Entries<AuditEvent>().Any(e => e.Entity.Kind == kind))
            {
                killed.TrySetResult();
                throw new InvalidOperationException("The process was killed.");
            }
        }
    }
}
