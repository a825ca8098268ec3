#pragma warning disable RS0030 // A program's help and its complaints about arguments go to the terminal.
using System.Runtime.InteropServices;
using Evercard.Agent;
using Evercard.Agent.Pages;
using Evercard.Agent.Tray;
using Evercard.Cards.Pcsc;
using Microsoft.Extensions.Logging;

const string Help = """
    evercard-agent: Identity Agent, the link between this computer's smartcards and the service

      evercard-agent --server URL --data FOLDER [--computer-name NAME] [--port PORT] [--no-window]

      --server         the one service that this agent talks to, e.g. https://care-identity.example;
                       plain http is good for a service on this computer alone
      --data           folder for the device key; made at first start, for this user alone
      --computer-name  as people know this computer (default: its host name)
      --port           of the agent's own pages on 127.0.0.1 (default: 35960; where it is taken, any free one)
      --no-window      opens no window by itself when a card is put in

    Ends with 0 when told to stop, 2 for wrong arguments, 3 where this computer has no PC/SC library,
    4 where the data folder cannot be used.
    """;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Help);
    return 0;
}

var opensWindows = !args.Contains("--no-window");
args = [.. args.Where(argument => argument != "--no-window")];
var given = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 0; i + 1 < args.Length; i += 2)
{
    given[args[i]] = args[i + 1];
}

if (args.Length % 2 != 0 || given.Keys.Except(["--server", "--data", "--computer-name", "--port"]).Any()
    || !ushort.TryParse(given.GetValueOrDefault("--port", "35960"), out var port)
    || !given.TryGetValue("--data", out var data)
    || !Uri.TryCreate(given.GetValueOrDefault("--server"), UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
{
    await Console.Error.WriteLineAsync(Help);
    return 2;
}

var options = new AgentOptions { ServerAddress = server, DataFolder = data };
options = given.TryGetValue("--computer-name", out var name) ? options with { ComputerName = name } : options;
if (options.FindFault() is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 2;
}

if (!PcscReaders.IsAvailable)
{
    await Console.Error.WriteLineAsync("This computer has no PC/SC library. On Linux install libpcsclite1 and pcscd.");
    return 3;
}

using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    using var readers = new PcscReaders();
    using var agent = new IdentityAgent(options, readers, TimeProvider.System, logging);
    var pagesOptions = new AgentPagesOptions { Port = port, OpensWindows = opensWindows };
    await using var pages = await AgentPages.Start(agent, pagesOptions, TimeProvider.System, logging, stop.Token);
    using var tray = AgentTray.TryStart(agent, pages, pagesOptions.Opener, stop.Cancel, logging.CreateLogger<AgentTray>());
    await agent.Run(stop.Token);
    return 0;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
{
    await Console.Error.WriteLineAsync($"The data folder cannot be used: {e.Message}");
    return 4;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
