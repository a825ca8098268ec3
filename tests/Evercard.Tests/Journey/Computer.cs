using Evercard.Agent;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Journey;

/// <summary>A computer with two readers and an agent that is linked to the server over a real WebSocket.</summary>
public sealed class Computer : IAsyncDisposable
{
    public const string Reader = "Reader 0";
    public const string SecondReader = "Reader 1";
    private readonly CancellationTokenSource stop = new();
    private readonly string folder = Directory.CreateTempSubdirectory("evercard-computer-").FullName;
    private readonly ILoggerFactory logging;
    private readonly Task running;

    private Computer(Uri server, string name, string? version, TimeProvider time, CollectingLogs logs, TimeSpan? patience)
    {
        Name = name;
        logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        Agent = new IdentityAgent(
            new AgentOptions
            {
                ServerAddress = server,
                DataFolder = folder,
                ComputerName = name,
                VersionOverride = version,
                BusyFor = TimeSpan.Zero,
                ReconnectAfter = TimeSpan.FromMilliseconds(20),
                ReconnectAtMost = TimeSpan.FromMilliseconds(100),
                WelcomeWithin = patience ?? TimeSpan.FromSeconds(20),
                AnswerWithin = patience ?? TimeSpan.FromMinutes(4),
            },
            Readers, time, logging);
        running = Agent.Run(stop.Token);
    }

    public string Name { get; }

    public IdentityAgent Agent { get; }

    public SimulatedReaders Readers { get; } = new(Reader, SecondReader);

    /// <summary>Returns once the server has welcomed the agent.</summary>
    public static async Task<Computer> Start(Uri server, string name, TimeProvider time, CollectingLogs logs, string? version = null, TimeSpan? patience = null)
    {
        var computer = new Computer(server, name, version, time, logs, patience);
        await computer.Agent.WhenConnected(default).WaitAsync(TimeSpan.FromSeconds(30));
        return computer;
    }

    /// <summary>Puts a card in; it leaves when the returned value is disposed.</summary>
    public IDisposable With(SimulatedCard card, string reader = Reader)
    {
        Readers.Insert(reader, card);
        return new TakenOut(() => Readers.Remove(reader));
    }

    public Task<AgentOutcome<CardGreeting>> Greet(string reader = Reader) => Agent.Greet(reader, default);

    public Task<AgentOutcome<LoggedIn>> LogIn(string passcode = SampleWard.Passcode, string reader = Reader) =>
        Agent.LogIn(reader, SampleWard.Hold(passcode, TimeProvider.System), default);

    /// <summary>Logs in, and is let in.</summary>
    public async Task<string> Session(string reader = Reader) =>
        (await LogIn(reader: reader)).ShouldBeOfType<AgentOutcome<LoggedIn>.Done>().Message.SessionId;

    public Task<AgentOutcome<ActCompleted>> Renew(
        string? session, bool takeOver = false, string passcode = SampleWard.Passcode, string reader = Reader) =>
        Agent.Renew(session, reader, SampleWard.Hold(passcode, TimeProvider.System), takeOver, null, default);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        Agent.Dispose();
        Readers.Dispose();
        logging.Dispose();
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class TakenOut(Action takeOut) : IDisposable
    {
        public void Dispose() => takeOut();
    }
}
