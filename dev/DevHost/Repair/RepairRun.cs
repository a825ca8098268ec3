using Evercard.Agent;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.Renew;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.AtDesk;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;
using LogIn = Evercard.Lifecycle.LogIn.LogIn;

namespace Evercard.DevHost.Repair;

/// <summary>What `./run --repair` was asked for.</summary>
/// <param name="Pcsc">In two virtual readers of this computer's pcscd; the cards stay there.</param>
/// <param name="Algorithm">Of the new keys.</param>
/// <param name="Timing">Speed of the card that is repaired.</param>
/// <param name="Json">One object on standard output and nothing else.</param>
/// <param name="PasscodeFromStandardInput">Two lines: the operator's passcode, and the one that the cardholder chooses.</param>
/// <param name="Data">Folder for the files of cards that stay in readers.</param>
/// <param name="Verbose">Logs on standard error.</param>
public sealed record RepairOptions(bool Pcsc, PivAlgorithm Algorithm, CardSpeed Timing, bool Json, bool PasscodeFromStandardInput, string Data, bool Verbose);

/// <summary>`./run --repair`: an ID Checker repairs an expired smartcard, over the same server, protocol, agent and cards as at her desk.</summary>
public sealed class RepairRun(RepairOptions options, TextWriter output)
{
    private const int Repaired = 0;
    private const int Refused = 1;
    private const string Role = "ID Checker";
    private readonly TimeProvider time = TimeProvider.System;

    /// <returns>Exit code.</returns>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var report = new RenewReport(output, options.Json, time);
        report.Say("Evercard: repairing an expired smartcard");
        using var folder = DataFolder.Fresh();
        using IReaders readers = options.Pcsc ? new PcscReaders() : new SimulatedReaders("Virtual reader 1", "Virtual reader 2");
        var address = $"http://localhost:{LoopbackPort.Free()}";
        await using var node = await SampleNode.Start(
            new SampleNodeOptions
            {
                Folder = folder,
                Address = address,
                Lifecycle = new LifecycleOptions { KeyAlgorithm = options.Algorithm },
                LogLevel = options.Verbose ? LogLevel.Debug : LogLevel.Critical,
            },
            cancellation);
        await using var computer = new SwitchedAgent(new SwitchedAgentOptions { Server = new Uri(address), Data = folder.Agent, Readers = readers });
        await computer.Start(null, cancellation);
        var agent = computer.Agent!;
        await agent.WhenConnected(cancellation);
        await node.Approve(agent.AgentId, cancellation);

        return await PutIn(node, readers, report, cancellation) is var (own, other)
            ? await Repair(node, agent, own, other, report, cancellation)
            : Refused;
    }

    private async Task<int> Repair(SampleNode node, IdentityAgent agent, string own, string other, RenewReport report, CancellationToken cancellation)
    {
        using var operators = new TerminalPasscode(options.PasscodeFromStandardInput, time);
        using var holders = new TerminalPasscode(options.PasscodeFromStandardInput, time);
        report.Say($"  {SamplePeople.Priya.FullName} in {own}; {SamplePeople.Rosa.FullName} in {other}");
        if (operators.For(sampleCard: true) is not { } first)
        {
            return Refuse(report, AgentRefusals.PasscodeFormat);
        }

        report.Begin(1, $"Logging in as {Role}");
        var loggedIn = await agent.LogIn(own, first, cancellation);
        if (loggedIn is not AgentOutcome<LoggedIn>.Done { Message: var session })
        {
            return Refuse(report, ((AgentOutcome<LoggedIn>.Refused)loggedIn).Message);
        }

        await agent.ChooseRole(session.SessionId, session.Roles.First(role => role.RoleName == Role).Id, cancellation);
        report.Begin(2, "Looking at the smartcard to be repaired");
        if (await agent.Greet(other, cancellation) is AgentOutcome<CardGreeting>.Refused { Message: var why })
        {
            report.Say($"      {why.Title}");
        }

        // What the pages of the desk ask the operator: is this the person on the photograph?
        report.Begin(3, "Cardholder known by photograph: repair opened");
        var serial = Wallet.Named("rosa").SerialNumber;
        var card = await node.Database.Read(r => r.Registry.Smartcards.SingleAsync(c => c.SerialNumber == serial, cancellation), cancellation);
        var opened = await node.App.Services.GetRequiredService<DeskOpening>().Open(
            new DeskRequest(Act.Repair, card.Id, LogIn.SessionId(session.SessionId), agent.AgentId, IsHere: true, IdentityEvidence.Photograph), cancellation);
        if (opened is DeskOpened.Refused no)
        {
            return Refuse(report, new Refused(null, no.Refusal.Code, no.Refusal.Detail, no.Refusal.NextStep, no.Refusal.Reference));
        }

        var operation = ((DeskOpened.At)opened).OperationId.ToString("N");
        report.Begin(4, "Confirming with the operator's own smartcard");
        if (await agent.Confirm(session.SessionId, operation, operators.For(sampleCard: true)!, cancellation) is AgentOutcome<ActConfirmed>.Refused unconfirmed)
        {
            return Refuse(report, unconfirmed.Message);
        }

        if (holders.For(sampleCard: true) is not { } chosen)
        {
            return Refuse(report, AgentRefusals.PasscodeFormat);
        }

        report.Begin(5, "The cardholder chooses a passcode");
        var started = time.GetTimestamp();
        var outcome = await agent.Repair(session.SessionId, operation, other, chosen, report, cancellation);
        var total = time.GetElapsedTime(started);
        if (outcome is not AgentOutcome<ActCompleted>.Done { Message: var done })
        {
            return Refuse(report, ((AgentOutcome<ActCompleted>.Refused)outcome).Message);
        }

        await agent.LogOut(session.SessionId, cancellation);
        report.Begin(14, "Logging in with the repaired smartcard");
        if (await agent.LogIn(other, holders.For(sampleCard: true)!, cancellation) is AgentOutcome<LoggedIn>.Refused locked)
        {
            return Refuse(report, locked.Message);
        }

        report.Success("Success: smartcard repaired", done, total, other);
        return Repaired;
    }

    /// <returns>The readers of operator and cardholder; null where there are not two.</returns>
    private async Task<(string Own, string Other)?> PutIn(SampleNode node, IReaders readers, RenewReport report, CancellationToken cancellation)
    {
        var priya = await node.Make(Wallet.Named("priya"), cancellation);
        var rosa = await node.Make(Wallet.Named("rosa"), cancellation);
        priya.RunAt(CardSpeed.Instant);
        rosa.RunAt(options.Timing);
        if (readers is SimulatedReaders simulated)
        {
            simulated.Insert("Virtual reader 1", priya);
            simulated.Insert("Virtual reader 2", rosa);
            return ("Virtual reader 1", "Virtual reader 2");
        }

        if (await VirtualReaders.Empty(cancellation) is not [var first, var second, ..])
        {
            report.Refused(AgentRefusals.ReaderNone with { Title = "A repair needs two empty virtual readers.", NextStep = "Start them: dev/readers start." });
            return null;
        }

        // The cards outlive this run, in the readers: their files must.
        var run = Guid.NewGuid().ToString("N")[..8];
        foreach (var (card, name, reader) in new[] { (priya, "priya", first), (rosa, "rosa", second) })
        {
            using (card)
            {
                SampleCardMaker.Store(card, FileOf(name));
            }

            await VirtualReaders.Plug(FileOf(name), reader, readers, cancellation);
        }

        return (first.Name, second.Name);

        string FileOf(string name) => Path.Combine(options.Data, "cards", $"{name}-{run}.json");
    }

    private static int Refuse(RenewReport report, Refused refused)
    {
        report.Refused(refused);
        return Refused;
    }
}
