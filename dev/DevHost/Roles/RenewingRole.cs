using Evercard.Agent;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.DevHost.Roles;

/// <summary>
/// An agent whose user renews the sample card in one real reader again and again, or finishes what was cut, and says each thing on a line: "asked",
/// "step N", "renewed", "refused CODE". For a bench that kills it. Its server's renewal window must be longer than a certificate's life.
/// </summary>
public sealed record RenewingRole
{
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Folder of its device key.</summary>
    public required string Data { get; init; }

    /// <summary>The server that it is pinned to.</summary>
    public required Uri Server { get; init; }

    /// <summary>The reader's name, as PC/SC tells it.</summary>
    public required string Reader { get; init; }

    public required string ComputerName { get; init; }

    /// <summary>Ends as soon as the card was renewed once: what was unfinished is finished by that.</summary>
    public bool Once { get; init; }

    public async Task<int> Run(TextWriter output, CancellationToken cancellation)
    {
        using var readers = new OneReader(new PcscReaders(), Reader);
        using var agent = new IdentityAgent(
            new AgentOptions
            {
                ServerAddress = Server,
                DataFolder = Data,
                ComputerName = ComputerName,
                BusyFor = TimeSpan.FromSeconds(1),
                ReconnectAfter = TimeSpan.FromMilliseconds(50),
                ReconnectAtMost = TimeSpan.FromMilliseconds(400),
            },
            readers, TimeProvider.System, NullLoggerFactory.Instance);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var runs = agent.Run(ended.Token);
        while (true)
        {
            await agent.WhenConnected(cancellation);
            var refused = await Visit(agent, output, cancellation);
            await output.WriteLineAsync(refused is null ? "renewed" : $"refused {refused.Code}");
            if (refused is null && Once)
            {
                break;
            }

            await Task.Delay(refused is null ? TimeSpan.Zero : BeforeTryingAgain, cancellation);
        }

        await ended.CancelAsync();
        await runs;
        return 0;
    }

    /// <returns>Null where the card was renewed.</returns>
    private async Task<Refused?> Visit(IdentityAgent agent, TextWriter output, CancellationToken cancellation)
    {
        if (await agent.Greet(Reader, cancellation) is not AgentOutcome<CardGreeting>.Done { Message: var greeting, Insertion: var insertion } greeted)
        {
            return new Refused(null, "NO-GREETING", "The card was not greeted.", "Try again.");
        }

        string? session = null;
        if (greeting.State != CardStanding.RenewalUnfinished)
        {
            switch (await agent.LogIn(Reader, Passcode(), cancellation, insertion))
            {
                case AgentOutcome<LoggedIn>.Refused no:
                    return no.Message;
                case AgentOutcome<LoggedIn>.Done yes:
                    session = yes.Message.SessionId;
                    break;
            }

        }

        await output.WriteLineAsync("asked");
        var outcome = await agent.Renew(session, Reader, Passcode(), takeOver: true, new Told(output), cancellation, insertion);
        return (outcome as AgentOutcome<ActCompleted>.Refused)?.Message;
    }

    private static Evercard.Agent.CardScripts.HeldPasscode Passcode() => SampleWard.Hold(SampleWard.Passcode, TimeProvider.System);

    private sealed class Told(TextWriter output) : IProgress<Progress>
    {
        public void Report(Progress value) => output.WriteLine($"step {value.Step}");
    }

    /// <summary>Nothing of the computer's readers but this one: the others belong to other computers of the bench.</summary>
    private sealed class OneReader(IReaders all, string name) : IReaders
    {
        public IReadOnlyList<ReaderStatus> List() => Mine(all.List());

        public IReadOnlyList<ReaderStatus> WaitForChange(IReadOnlyList<ReaderStatus> known, TimeSpan atMost, CancellationToken cancellation) =>
            Mine(all.WaitForChange(known, atMost, cancellation));

        public ICardConnection Connect(string reader, CardAccess access = CardAccess.ToAct) => all.Connect(reader, access);

        public void Dispose() => all.Dispose();

        private List<ReaderStatus> Mine(IReadOnlyList<ReaderStatus> readers) => [.. readers.Where(reader => reader.Name == name)];
    }
}
