using Evercard.Lifecycle;
using Evercard.Lifecycle.Sessions;
using Evercard.Registry.Computers;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace Evercard.Server.Sessions;

/// <summary>What pages of a logged-in browser do in the background, and the log-out.</summary>
public static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapPost("/log-out", LogOut).RequireAuthorization(Permission.OwnCard);
        app.MapPost("/session/extend", Extend).RequireAuthorization(Permission.OwnCard);
        app.MapGet("/session/events", Events).RequireAuthorization(Permission.OwnCard).RequireRateLimiting(RateLimits.Streams);
    }

    private static async Task<IResult> LogOut(HttpContext context, IAntiforgery antiforgery, SessionLife sessions, CancellationToken cancellation)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.Redirect("/");
        }

        await sessions.LogOutById(context.RequiredSignedIn().Session.Id, Session.LoggedOutInBrowser, cancellation);
        return Results.Redirect("/logged-out");
    }

    /// <summary>As long again: the cookie is given anew.</summary>
    private static async Task<IResult> Extend(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        await context.SignIn(context.RequiredSignedIn().Browser);
        return Results.NoContent();
    }

    /// <summary>A page that stays open learns that its log-in is over, wherever that happened.</summary>
    private static IResult Events(
        HttpContext context, Database database, LifecycleOptions options, TimeProvider time, Wakeups wakeups, CancellationToken cancellation)
    {
        var (browser, session, isSuspended) = (context.BrowserSessionId()!, context.RequiredSignedIn().Session.Id, context.RequiredSignedIn().IsSuspended);
        return TypedResults.ServerSentEvents(Live.Events(
            null,
            async ct => await SignedIn.Find(database, browser, options, time.GetUtcNow(), ct) is not { IsLive: true } who ? new LiveState("over", GoFrom(context))
                : who.IsSuspended == isSuspended ? new LiveState("as it was")
                : new LiveState("drawn anew", PageOf(context)),
            ct => wakeups.Next(session, ct),
            cancellation));
    }

    /// <summary>To the page that says why, and from there back to this one.</summary>
    internal static string GoFrom(HttpContext context) =>
        $"/logged-out?return={Uri.EscapeDataString(PageOf(context))}";

    /// <summary>The page that listens.</summary>
    internal static string PageOf(HttpContext context) => Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var page) ? page.PathAndQuery : "/";
}
