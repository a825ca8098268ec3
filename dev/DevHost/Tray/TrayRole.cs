using System.CommandLine;
using System.Globalization;
using Evercard.Agent.Tray;
using Evercard.DevHost.Roles;
using Microsoft.Extensions.Logging.Console;

namespace Evercard.DevHost.Tray;

/// <summary>
/// The task-bar icon alone, which shows states that standard input tells: "no-card", "card-in", "logged-in", "expiring",
/// "problem". "stop" takes the icon away and "start" makes a new one; "end" ends. What is chosen is told as "chosen ITEM".
/// </summary>
internal static class TrayRole
{
    private static readonly TrayState Connected = new() { Version = "1.0.3", Connected = true };
    private static readonly TrayState WithCard = Connected with { CardIn = true, HolderName = "Wren Holloway", DaysLeft = 214 };

    public static Command Command()
    {
        var tray = new Command("tray", "The task-bar icon alone; takes states from standard input.");
        tray.SetAction((_, cancellation) => Run(cancellation));
        return tray;
    }

    private static async Task<int> Run(CancellationToken cancellation)
    {
        using var logging = LoggerFactory.Create(builder => builder
            .AddSimpleConsole(line => (line.SingleLine, line.ColorBehavior) = (true, LoggerColorBehavior.Disabled))
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var log = logging.CreateLogger("Tray");
        var icon = TrayIcon.TryStart(Tell, log);
        await LineCommands.Serve(
            words =>
            {
                switch (words)
                {
                    case ["stop"]:
                        icon?.Dispose();
                        break;
                    case ["start"]:
                        icon = TrayIcon.TryStart(Tell, log);
                        break;
                    default:
                        icon?.Show(StateOf(words[0]));
                        break;
                }

                return Task.FromResult(icon is null ? "without icon" : "with icon");
            },
            cancellation);
        icon?.Dispose();
        return 0;
    }

    private static TrayState StateOf(string name) => name switch
    {
        "no-card" => Connected,
        "card-in" => WithCard,
        "logged-in" => WithCard with { LoggedIn = true },
        "expiring" => WithCard with { LoggedIn = true, DaysLeft = 68, Expiring = true },
        "problem" => Connected with { Connected = false },
        _ => throw new ArgumentException($"There is no state {name}.", nameof(name)),
    };

    private static void Tell(TrayItem item) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chosen {item}"));
}
