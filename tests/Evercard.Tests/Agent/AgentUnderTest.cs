using System.Security.Cryptography.X509Certificates;
using Evercard.Agent;
using Evercard.Agent.CardScripts;
using Evercard.Agent.Pages;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Readers;
using Evercard.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Agent;

/// <summary>A running agent with simulated readers and a card whose passcode is 739154.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    public const string Reader = "Reader 0";
    public const string Passcode = "739154";
    private readonly CancellationTokenSource stop = new();
    private readonly ILoggerFactory logging;
    private readonly string folder = Directory.CreateTempSubdirectory("evercard-agent-").FullName;
    private readonly Task running;

    public AgentUnderTest(Uri server, CollectingLogs? logs = null, bool withCard = true, string[]? readers = null, TimeProvider? time = null, Func<X509Store>? certificates = null, AgentPagesOptions? pages = null)
    {
        logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs ?? new CollectingLogs()));
        Readers = new SimulatedReaders(readers ?? [Reader]);
        Card = SomeCard();
        if (withCard)
        {
            Readers.Insert(Reader, Card);
        }

        var options = new AgentOptions
        {
            ServerAddress = server,
            DataFolder = folder,
            ComputerName = "WARD4-PC2",
            BusyFor = TimeSpan.Zero,
            ReconnectAfter = TimeSpan.FromMilliseconds(20),
            ReconnectAtMost = TimeSpan.FromMilliseconds(100),
        };
        options = certificates is null ? options : options with { UserCertificates = certificates };
        Agent = new IdentityAgent(options, Readers, time ?? TimeProvider.System, logging);
        Pages = pages is null ? null : AgentPages.Start(Agent, pages, time ?? TimeProvider.System, logging, stop.Token).GetAwaiter().GetResult();
        running = Agent.Run(stop.Token);
    }

    public IdentityAgent Agent { get; }

    /// <summary>The agent's own pages; null where the test wants none.</summary>
    public AgentPages? Pages { get; }

    public SimulatedReaders Readers { get; }

    public SimulatedCard Card { get; }

    public static SimulatedCard SomeCard()
    {
        var card = SimulatedCard.CreateBlank(new CardModel());
        card.Image.Write(DataObject.Chuid, new byte[] { 0x34, 0x02, 0x01, 0x02 });
        card.Image.Store(KeyReference.Authentication, CardKey.Generate(PivAlgorithm.P256));
        card.PowerOn();
        card.Transmit(PivCommands.Select()).Status.ShouldBe(StatusWord.Success);
        card.Transmit(PivCommands.ChangeReferenceData(ReferenceData.Passcode, Padded("123456"), Padded(Passcode))).Status.ShouldBe(StatusWord.Success);
        card.PowerOff();
        return card;
    }

    public static HeldPasscode Held(string typed = Passcode) =>
        HeldPasscode.TryHold(typed, TimeProvider.System, out var held) ? held : throw new InvalidOperationException("Not 6 to 8 digits.");

    public async Task<AgentUnderTest> Connected()
    {
        await Agent.WhenConnected(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        if (Pages is not null)
        {
            await Pages.DisposeAsync();
        }

        Agent.Dispose();
        Readers.Dispose();
        logging.Dispose();
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static byte[] Padded(string passcode)
    {
        var block = new byte[PasscodeFormat.BlockLength];
        PasscodeFormat.TryPad(passcode, block).ShouldBeTrue();
        return block;
    }
}
