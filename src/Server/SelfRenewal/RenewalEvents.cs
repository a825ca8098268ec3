using Evercard.Lifecycle;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.Sessions;

namespace Evercard.Server.SelfRenewal;

/// <summary>Tells a renewal's pages what has changed.</summary>
public static class RenewalEvents
{
    public static void MapRenewalEvents(this IEndpointRouteBuilder app)
    {
        app.MapGet("/renew/events", OfProgress).RequireAuthorization(Permission.OwnCard).RequireRateLimiting(RateLimits.Streams);
        app.MapGet("/renew/done/{reference}/events", OfSuccess).AllowAnonymous().RequireRateLimiting(RateLimits.Streams);
    }

    private static IResult OfProgress(
        HttpContext context, string? seen, Database database, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time, Wakeups wakeups, CancellationToken cancellation)
    {
        var (browser, card) = (context.BrowserSessionId()!, context.RequiredSignedIn().Card.Id);
        return TypedResults.ServerSentEvents(Live.Events(seen, Look, ct => wakeups.Next(card, ct), cancellation));

        async Task<LiveState> Look(CancellationToken ct)
        {
            if (await SignedIn.Find(database, browser, options, time.GetUtcNow(), ct) is not { IsLive: true } who)
            {
                return new LiveState("over", SessionEndpoints.GoFrom(context));
            }

            return await RenewalStory.Newest(database, card, options, time.GetUtcNow(), ct, agentPages.LinkOf(who)) switch
            {
                null => new LiveState("none", "/renew"),
                { Operation: { State: OperationState.Completed } done } => new LiveState("done", SuccessModel.AddressOf(done.Reference)),
                var story => new LiveState(ProgressModel.Version(story, agentPages, who)),
            };
        }
    }

    private static async Task<IResult> OfSuccess(
        HttpContext context, string reference, string? seen, TestStrips strips, Wakeups wakeups, CancellationToken cancellation)
    {
        if (context.SignedIn() is not { } who || await strips.For(who, reference, cancellation) is null)
        {
            return Results.Unauthorized();
        }

        return TypedResults.ServerSentEvents(Live.Events(
            seen,
            async ct => new LiveState((await strips.For(who, reference, ct))?.Version ?? "none"),
            ct => wakeups.Next(who.Card.Id, ct),
            cancellation));
    }
}
