using System.Security.Cryptography;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.DataProtection;

namespace Evercard.Server.Join;

/// <summary>
/// The agent that a browser was joined to last. Agents' ids are seen by others, in addresses and command lines: only a browser that was joined
/// shall be told about that computer, so the cookie is protected under the pages' key.
/// </summary>
public sealed class AgentCookie(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Evercard.Join.Agent.1");

    public string Make(string agentId) => protector.Protect(agentId);

    /// <summary>The browser was joined to this agent.</summary>
    public void Give(HttpContext context, string agentId) =>
        context.Response.Cookies.Append(BrowserCookies.Agent, Make(agentId), BrowserCookies.ForAgent(context));

    /// <returns>The agent's id; null where the browser has no such cookie, or one that is not ours.</returns>
    public string? Read(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[BrowserCookies.Agent] is { } cookie ? protector.Unprotect(cookie) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
