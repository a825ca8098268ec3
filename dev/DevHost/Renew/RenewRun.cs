using Evercard.Agent;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.CardSimulator.Timing;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Protocol;

namespace Evercard.DevHost.Renew;

/// <summary>`./run --renew`: a whole self-renewal in the terminal over the same server, protocol, agent and card.</summary>
public sealed class RenewRun(RenewOptions options, TextWriter output)
{
    public const int Renewed = 0;
    public const int Refused = 1;
    private const string VirtualReader = "Virtual reader 1";

    private readonly TimeProvider time = TimeProvider.System;

    /// <returns>Exit code.</returns>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var report = new RenewReport(output, options.Json, time);
        report.Say("Evercard: renewing a smartcard");
        using var folder = options.Pcsc ? DataFolder.Lasting(options.Data) : DataFolder.Fresh();
        using IReaders readers = options.Pcsc ? new PcscReaders() : new SimulatedReaders(VirtualReader);
        await using var running = await RunningNode.Start(
            new RunningOptions
            {
                Folder = folder,
                Readers = readers,
                Lifecycle = new LifecycleOptions { KeyAlgorithm = options.Algorithm },
                LinkDelay = options.LinkDelay,
                LogLevel = options.Verbose ? LogLevel.Debug : LogLevel.Critical,
            },
            cancellation);

        var found = options.Pcsc
            ? await new RealReaders(options, readers, running, folder, report).Find(cancellation)
            : await InVirtualReader((SimulatedReaders)readers, running, folder, cancellation);
        return found is null ? Refused : await Renew(running, found, report, cancellation);
    }

    private async Task<int> Renew(RunningNode running, FoundCard card, RenewReport report, CancellationToken cancellation)
    {
        using var passcode = new TerminalPasscode(options.PasscodeFromStandardInput, time);
        report.Say($"  {card.Greeting.HolderName}, smartcard {card.Greeting.SmartcardSerial}, in {card.Reader}");
        string? sessionId = null;
        if (card.Greeting.State != CardStanding.RenewalUnfinished)
        {
            if (await LogIn(running, card, passcode, 1, "Logging in with smartcard and passcode", report, cancellation) is not { } loggedIn)
            {
                return Refused;
            }

            report.Begin(2, $"Smartcard expires on {loggedIn.NotAfter:d MMMM yyyy}, in {loggedIn.DaysLeft} days. Renew it now? Yes");
            sessionId = loggedIn.SessionId;
        }

        if (passcode.For(card.IsSample) is not { } held)
        {
            report.Refused(AgentRefusals.PasscodeFormat);
            return Refused;
        }

        report.Begin(3, "Asking for the renewal");
        var started = time.GetTimestamp();
        var outcome = await running.Agent.Renew(sessionId, card.Reader, held, takeOver: true, report, cancellation, card.Insertion);
        var total = time.GetElapsedTime(started);
        if (outcome is AgentOutcome<ActCompleted>.Refused no)
        {
            report.Refused(no.Message);
            return Refused;
        }

        var done = ((AgentOutcome<ActCompleted>.Done)outcome).Message;
        if (sessionId is not null)
        {
            await running.Agent.LogOut(sessionId, cancellation);
        }

        if (card.TakeOutAndPutBack is { } takeOutAndPutBack)
        {
            takeOutAndPutBack();
            card = card with { Insertion = null };
        }

        if (await LogIn(running, card, passcode, 14, "Logging in again with the renewed smartcard", report, cancellation) is null)
        {
            return Refused;
        }

        report.Success("Success: certificate renewed for smartcard", done, total, card.Reader);
        return Renewed;
    }

    private static async Task<LoggedIn?> LogIn(
        RunningNode running, FoundCard card, TerminalPasscode passcode, int number, string text, RenewReport report, CancellationToken cancellation)
    {
        if (passcode.For(card.IsSample) is not { } held)
        {
            report.Refused(AgentRefusals.PasscodeFormat);
            return null;
        }

        report.Begin(number, text);
        switch (await running.Agent.LogIn(card.Reader, held, cancellation, card.Insertion))
        {
            case AgentOutcome<LoggedIn>.Done done:
                return done.Message;
            case AgentOutcome<LoggedIn>.Refused refused:
                report.Refused(refused.Message);
                return null;
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    private async Task<FoundCard?> InVirtualReader(SimulatedReaders readers, RunningNode running, DataFolder folder, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.Path, "wren-holloway.json");
        await SampleCardFile.Make(file, SampleWard.Wren, options.Algorithm, options.Timing, 30, running.Samples, cancellation);
        var card = SimulatedCard.Open(file);
        readers.Insert(VirtualReader, card);
        return await running.Agent.Greet(VirtualReader, cancellation) is AgentOutcome<CardGreeting>.Done greeted
            ? new FoundCard(VirtualReader, greeted.Message, greeted.Insertion, IsSample: true, () =>
            {
                readers.Remove(VirtualReader);
                readers.Insert(VirtualReader, card);
            })
            : throw new InvalidOperationException("The new sample card was not greeted.");
    }
}

/// <summary>A card that can be renewed.</summary>
/// <param name="Reader">Where it is.</param>
/// <param name="Greeting">What the server knows of it.</param>
/// <param name="Insertion">The one that was greeted; null where the next one will do.</param>
/// <param name="IsSample">It has the sample passcode.</param>
/// <param name="TakeOutAndPutBack">Null where a person would have to do it.</param>
internal sealed record FoundCard(string Reader, CardGreeting Greeting, int? Insertion, bool IsSample, Action? TakeOutAndPutBack = null);
