using Evercard.Lifecycle;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.Sessions;

namespace Evercard.Server.CheckComputer;

/// <summary>The browser that asks, and the agent that it was joined to last.</summary>
internal static class CheckedBrowser
{
    public static void MapCheckEvents(this IEndpointRouteBuilder app) => app.MapGet("/check/events", Events).AllowAnonymous().RequireRateLimiting(RateLimits.Streams);

    /// <summary>What it sees now.</summary>
    public static IReadOnlyList<CheckRow> Look(HttpContext context, SignedIn? who, ConnectedAgents connected, LifecycleOptions options)
    {
        var known = context.RequestServices.GetRequiredService<AgentCookie>().Read(context);
        var agent = known is not null && connected.TryFind(known, out var found) ? AgentFacts.Of(found) : null;
        return ComputerCheck.Rows(context.Request.Headers.UserAgent, known is not null, agent, who, options.TimeZone);
    }

    /// <summary>Two lists that look alike have the same.</summary>
    public static string Version(IReadOnlyList<CheckRow> rows) => Digest.Of(string.Join('\n', rows));

    /// <summary>An open page shows what changes on the computer, and leaves with a log-in that ends.</summary>
    private static IResult Events(
        HttpContext context, string? seen, Database database, ConnectedAgents connected, LifecycleOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var browser = context.SignedIn() is { IsLive: true } ? context.BrowserSessionId() : null;
        return TypedResults.ServerSentEvents(Live.Events(seen, Now, ct => Task.Delay(Timeout.Infinite, ct), cancellation));

        async Task<LiveState> Now(CancellationToken ct)
        {
            var who = browser is null ? null : await SignedIn.Find(database, browser, options, time.GetUtcNow(), ct);
            return browser is not null && who is not { IsLive: true }
                ? new LiveState("over", SessionEndpoints.GoFrom(context))
                : new LiveState(Version(Look(context, who, connected, options)));
        }
    }
}
