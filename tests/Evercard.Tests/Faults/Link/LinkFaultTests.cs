using System.Collections.Concurrent;
using Evercard.Agent;
using Evercard.Authority;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Server.AgentLink;
using Evercard.Tests.Journey;
using Evercard.Tests.Lifecycle;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Evercard.Tests.Faults.Link;

/// <summary>
/// Every message between a real agent and a real server, in both directions, from the hello to the outcome: lost with the link, lost alone, doubled, late,
/// out of order. The card is then finished at another computer, by its cardholder alone.
/// </summary>
[Trait("Kind", "sweep")]
public sealed class LinkFaultTests(ITestOutputHelper output)
{
    /// <summary>Visits that mostly wait.</summary>
    private const int AtATime = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task No_message_that_is_lost_doubled_late_or_out_of_order_leaves_anybody_with_a_dead_card()
    {
        var node = new ImpatientNode();
        await node.InitializeAsync();
        var table = new FaultTable();
        var (failures, notStruck) = (new ConcurrentQueue<string>(), new ConcurrentQueue<Fault>());
        try
        {
            await using var link = await FaultyLink.Start(node.Address);
            node.PinTo(link.Address);
            // The first one takes so long that an impatient agent may dial twice.
            await Case(node, link, null, "PC0");
            var (_, undisturbed) = await Case(node, link, null, "PC0");
            var trace = new ActTrace([], [], [], 0) { Messages = undisturbed.Messages };
            var faults = trace.Singles().Where(fault => fault.Point == FaultPoint.Message).ToList();
            await Parallel.ForEachAsync(faults.Select((fault, i) => (fault, i)), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (one, _) =>
            {
                var told = "";
                try
                {
                    (told, var passage) = await Case(node, link, one.fault, $"PC{one.i + 1}");
                    table.Add("Link", [one.fault], told, Ending.Finished, null);
                    if (!passage.Struck)
                    {
                        notStruck.Enqueue(one.fault);
                    }
                }
                catch (Exception e)
                {
                    table.Add("Link", [one.fault], told, Ending.Dead, e.Message);
                    failures.Enqueue($"{one.fault}: {e}");
                }
            });

            await node.AuditChainIsWhole();
        }
        finally
        {
            output.WriteLine($"{table}");
            output.WriteLine($"not struck: {string.Join("; ", notStruck)}");
            await node.DisposeAsync();
        }

        failures.ShouldBeEmpty(string.Join("\n\n", failures.Take(10)));
        table.Cases.ShouldBeGreaterThan(150);
        notStruck.Count.ShouldBeLessThan(table.Cases / 20, "what a message is called may depend on chance, but not often");
    }

    /// <summary>A whole visit over the link, and its end at the second computer.</summary>
    /// <returns>The first refusal that the person read, or "completed".</returns>
    private static async Task<(string Told, FaultyLink.Passage Passage)> Case(ImpatientNode node, FaultyLink link, Fault? fault, string computer)
    {
        var (card, id) = await node.Issue();
        var old = await Current(node, id);
        var wrong = 0;
        card.Transcript = exchange => wrong += exchange is { Command: { Ins: PivInstruction.Verify, Data.IsEmpty: false }, Answer.Status.TriesLeft: not null } ? 1 : 0;
        var (address, passage) = link.Way(fault);
        string told;
        await using (var pc = await Computer.Start(address, computer, node.Time, node.Logs, patience: Patience))
        {
            using (pc.With(card))
            {
                told = await Visit(pc);
            }

            await passage.Release();

            // The same card elsewhere, while the first computer may still be at it.
            await Finish(node, link, card, id);
        }

        (await Current(node, id)).ShouldAllBe(serial => !old.Contains(serial));
        await CardCheck.HasTwoGoodCertificates(node.Database, node.Services.GetRequiredService<CertificateAuthority>(), card, id);
        wrong.ShouldBe(0, "a try of the passcode was burnt by us");
        return (told, passage);
    }

    private static async Task<string> Visit(Computer pc)
    {
        if (await pc.Greet() is AgentOutcome<CardGreeting>.Refused unknown)
        {
            return unknown.Message.Code;
        }

        return await pc.LogIn() switch
        {
            AgentOutcome<LoggedIn>.Refused no => no.Message.Code,
            AgentOutcome<LoggedIn>.Done yes => await pc.Renew(yes.Message.SessionId) is AgentOutcome<ActCompleted>.Refused no ? no.Message.Code : "completed",
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private static async Task Finish(ImpatientNode node, FaultyLink link, SimulatedCard card, Guid id)
    {
        // A computer of its own: several cards are finished at a time.
        await using var pc = await Computer.Start(link.Way(null).Address, $"FINISH-{id:N}"[..20], node.Time, node.Logs);
        using (pc.With(card))
        {
            // The server may still be at it: what it had heard from the first computer is enough for some.
            for (var refused = ""; !await IsDone(node, id); refused = await Again(pc))
            {
                refused.ShouldBeOneOf("", "completed", "SERVICE-UNREACHABLE", "RENEWED-ELSEWHERE");
            }
        }
    }

    private static async Task<string> Again(Computer pc)
    {
        var greeting = await pc.Greet();
        return greeting is AgentOutcome<CardGreeting>.Done { Message.State: CardStanding.RenewalUnfinished }
            ? await pc.Renew(null, takeOver: true) is AgentOutcome<ActCompleted>.Refused no ? no.Message.Code : "completed"
            : await Visit(pc);
    }

    private static Task<bool> IsDone(ImpatientNode node, Guid id) =>
        node.Read(r => r.Registry.Operations.AnyAsync(o => o.SmartcardId == id && o.Act == Act.Renewal && o.State == OperationState.Completed));

    private static Task<List<string>> Current(ImpatientNode node, Guid id) =>
        node.Read(r => r.Registry.Credentials.Where(c => c.SmartcardId == id && c.Status == CredentialStatus.Current).Select(c => c.CertificateSerialNumber).ToListAsync());

    /// <summary>A server that waits for nobody for long.</summary>
    public sealed class ImpatientNode : JourneyNode
    {
        public void PinTo(Uri link) => DialInstead(link);

        protected override Task Connecting()
        {
            var options = Services.GetRequiredService<AgentLinkOptions>();
            (options.ScriptWithin, options.HelloWithin) = (Patience, Patience);
            (options.MostNewAgentsPerMinute, options.MostUnprovenPerAddress) = (int.MaxValue, 1000);
            return Task.CompletedTask;
        }
    }
}
