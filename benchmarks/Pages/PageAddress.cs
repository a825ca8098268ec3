using Microsoft.Playwright;

namespace Evercard.Bench.Pages;

/// <summary>A page of the service.</summary>
/// <param name="Name">As the results name it.</param>
/// <param name="Path">From the root of the service.</param>
/// <param name="NeedsLogIn">False: looked at by a browser without cookies, as it is meant.</param>
/// <param name="IsJudged">By Lighthouse too.</param>
internal sealed record PageAddress(string Name, string Path, bool NeedsLogIn = true, bool IsJudged = false)
{
    /// <summary>Those that a person has before the card is renewed.</summary>
    public static IReadOnlyList<PageAddress> BeforeRenewal { get; } =
    [
        new("dashboard", "/", IsJudged: true),
        new("renewal", "/renew", IsJudged: true),
        new("passcode", "/passcode"),
        new("role", "/role"),
        new("check", "/check"),
        new("help", "/help", NeedsLogIn: false),
        new("log-in", "/log-in", NeedsLogIn: false),
        new("logged-out", "/logged-out", NeedsLogIn: false),
    ];

    /// <summary>The value of a Cookie header with all cookies that the service gave this browser.</summary>
    public static async Task<string> CookieHeader(IBrowserContext context, string service) =>
        string.Join("; ", (await context.CookiesAsync([service])).Select(cookie => $"{cookie.Name}={cookie.Value}"));
}
