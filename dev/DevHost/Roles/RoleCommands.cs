using System.CommandLine;

namespace Evercard.DevHost.Roles;

/// <summary>The verbs that start one side alone.</summary>
internal static class RoleCommands
{
    private static readonly Option<long> NowOffset = new("--now-offset")
    {
        Description = "Seconds by which the present is ahead of this computer's clock, for pictures that always show the same day.",
    };

    public static Command Server()
    {
        var (data, commands) = (Data(), Commands());
        var address = new Option<string>("--address") { Description = "Where it listens, e.g. http://127.0.0.1:5080.", Required = true };
        var window = new Option<int?>("--window") { Description = "Length of the renewal window in days." };
        var server = new Command("server", "A server node alone, with the sample people, until Ctrl+C.") { data, address, window, commands, NowOffset };
        server.SetAction((parsed, cancellation) => new ServerRole(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(address), parsed.GetValue(window), parsed.GetValue(commands), TimeSpan.FromSeconds(parsed.GetValue(NowOffset))).Run(cancellation));
        return server;
    }

    public static Command Agent()
    {
        var (data, commands) = (Data(), Commands());
        var server = new Option<string>("--server") { Description = "The server that the agent is pinned to.", Required = true };
        server.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                result.AddError("--server is an address like http://127.0.0.1:5080.");
            }
        });
        var card = new Option<string?>("--card") { Description = "File of a simulated card that is in the reader from the start." };
        var pagesPort = new Option<int?>("--pages-port") { Description = "Port of the agent's own pages on 127.0.0.1, 0 for any; left out: no pages." };
        var computerName = new Option<string?>("--computer-name") { Description = "As people know this computer." };
        var pcsc = new Option<bool>("--pcsc") { Description = "Use this computer's readers." };
        var version = new Option<string?>("--agent-version") { Description = "Tell another version than its own." };
        version.Aliases.Add("--version");
        var clockOffset = new Option<int>("--clock-offset") { Description = "Seconds by which the computer's clock is ahead." };
        var agent = new Command("agent", "An agent alone, with two simulated readers, until Ctrl+C.")
        {
            data, server, card, commands, pagesPort, computerName, pcsc, version, clockOffset, NowOffset,
        };
        agent.SetAction((parsed, cancellation) => new AgentRole
        {
            Data = parsed.GetRequiredValue(data),
            Server = new Uri(parsed.GetRequiredValue(server)),
            Card = parsed.GetValue(card),
            Commands = parsed.GetValue(commands),
            PagesPort = parsed.GetValue(pagesPort),
            ComputerName = parsed.GetValue(computerName),
            Pcsc = parsed.GetValue(pcsc),
            Version = parsed.GetValue(version),
            NowOffset = TimeSpan.FromSeconds(parsed.GetValue(NowOffset)),
            ClockOffset = TimeSpan.FromSeconds(parsed.GetValue(clockOffset)),
        }.Run(cancellation));
        return agent;
    }

    public static Command Renewing()
    {
        var (data, once) = (Data(), new Option<bool>("--once") { Description = "End as soon as the card was renewed once." });
        var server = new Option<string>("--server") { Description = "The server that the agent is pinned to.", Required = true };
        var reader = new Option<string>("--reader") { Description = "Name of the reader, whole.", Required = true };
        var computerName = new Option<string>("--computer-name") { Description = "As people know this computer.", Required = true };
        var renewing = new Command("renewing", "An agent whose user renews the card in one reader again and again, until Ctrl+C.") { data, server, reader, computerName, once };
        renewing.SetAction((parsed, cancellation) => new RenewingRole
        {
            Data = parsed.GetRequiredValue(data),
            Server = new Uri(parsed.GetRequiredValue(server)),
            Reader = parsed.GetRequiredValue(reader),
            ComputerName = parsed.GetRequiredValue(computerName),
            Once = parsed.GetValue(once),
        }.Run(Console.Out, cancellation));
        return renewing;
    }

    private static Option<string> Data() => new("--data") { Description = "Folder that keeps the state.", Required = true };

    private static Option<bool> Commands() => new("--commands") { Description = "Take commands from standard input, one a line." };
}
