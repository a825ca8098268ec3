using System.Security.Cryptography;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.DataProtection;

namespace Evercard.Server.Join;

/// <summary>The cookie of a browser that asked for a ticket: which one it is, and where it wanted to go.</summary>
public sealed class StartingCookie(IDataProtectionProvider protection)
{
    private const int RandomDigits = 64;
    private readonly IDataProtector protector = protection.CreateProtector("Evercard.Join.Starting.1");

    /// <summary>Gives the browser a new one.</summary>
    /// <returns>Its value.</returns>
    public string Make(HttpContext context, string returnPath)
    {
        var cookie = protector.Protect($"{RandomNumberGenerator.GetHexString(RandomDigits)} {returnPath}");
        context.Response.Cookies.Append(BrowserCookies.Starting, cookie, BrowserCookies.ForStarting(context));
        return cookie;
    }

    /// <returns>Where the browser wanted to go; null where the cookie is not ours.</returns>
    public string? ReturnOf(string? cookie)
    {
        try
        {
            return cookie is null ? null : protector.Unprotect(cookie).Split(' ') is [_, var path] ? ReturnPath.Checked(path) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
