using System.Security.Cryptography;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Evercard.Server.Join;

public enum LogInState
{
    /// <summary>The agent is there: the page posts itself, and the browser goes to it.</summary>
    Connecting,

    /// <summary>This browser knows no agent.</summary>
    NoAgentKnown,

    /// <summary>It knows one that is not connected now: the page waits.</summary>
    AgentMissing,

    /// <summary>It is connected, and has no pages.</summary>
    AgentOld,
}

/// <summary>Where every way to a log-in begins. Nothing here asks for a passcode: that is the agent's own page, after the join.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Joining)]
public sealed class LogInModel(ConnectedAgents connected, JoinTickets tickets, StartingCookie starting, AgentCookie known, PageFrame frame) : PageModel
{
    public LogInState State { get; private set; }

    public string Title => State == LogInState.Connecting ? "Connecting to Identity Agent" : State == LogInState.NoAgentKnown ? "Log in with your smartcard" : Refusal!.Title;

    public RefusalView? Refusal { get; private set; }

    public string AgentAddress => $"http://127.0.0.1:{AgentPorts.Usual}/";

    [BindProperty(Name = "agent", SupportsGet = true)]
    public string? Agent { get; set; }

    [BindProperty(Name = "return", SupportsGet = true)]
    public string? Return { get; set; }

    public IActionResult OnGet()
    {
        Return = ReturnPath.Checked(Return);
        if (HttpContext.SignedIn()?.IsLive == true)
        {
            return Redirect(Return);
        }

        Find();
        return Page();
    }

    public IActionResult OnPost()
    {
        Return = ReturnPath.Checked(Return);
        if (Find() is not { } address)
        {
            return Page();
        }

        var cookie = starting.Make(HttpContext, Return);
        return new SeeOther($"{address}/join?ticket={Uri.EscapeDataString(tickets.Make(Digest.Of(cookie), Agent!))}");
    }

    /// <returns>The agent's address; null, with the state that says why, where the browser cannot be sent there.</returns>
    private string? Find()
    {
        Agent = IsAgentId(Agent) ? Agent : known.Read(HttpContext);
        if (Agent is null)
        {
            State = LogInState.NoAgentKnown;
            frame.RefreshSeconds = 3;
            return null;
        }

        if (!connected.TryFind(Agent, out var agent))
        {
            State = LogInState.AgentMissing;
            Refusal = Lifecycle.Refusals.AgentMissing().ToView(
                new RefusalAction("Check this computer", "/check"), new RefusalAction("Use another Identity Agent", $"/log-in/other?return={Uri.EscapeDataString(Return!)}"));
            frame.RefreshSeconds = 2;
            return null;
        }

        if (AgentPageLinks.AddressOf(agent) is not { } address)
        {
            State = LogInState.AgentOld;
            Refusal = Lifecycle.Refusals.AgentOld(agent.Version, agent.Options.MinimumAgentVersion).ToView();
            return null;
        }

        State = LogInState.Connecting;
        return address;
    }

    private static bool IsAgentId(string? text) => text is { Length: 2 * SHA256.HashSizeInBytes } && text.All(char.IsAsciiHexDigitLower);
}
