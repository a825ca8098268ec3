namespace Evercard.Server.Browsers;

/// <summary>The cookies of the service. None is for scripts, none goes along with what another site posts.</summary>
internal static class BrowserCookies
{
    /// <summary>Which browser this is, after the join.</summary>
    public const string Session = "ev-session";

    /// <summary>The browser that asked for a ticket, and where it wanted to go.</summary>
    public const string Starting = "ev-join";

    /// <summary>The agent that this browser was joined to last: where to look for it.</summary>
    public const string Agent = "ev-agent";

    public const string Antiforgery = "ev-form";

    private static readonly TimeSpan AgentRemembered = TimeSpan.FromDays(400);

    public static CookieOptions ForStarting(HttpContext context) => Options(context, Join.JoinTickets.GoodFor);

    public static CookieOptions ForAgent(HttpContext context) => Options(context, AgentRemembered);

    private static CookieOptions Options(HttpContext context, TimeSpan lives) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = lives, IsEssential = true,
    };
}
