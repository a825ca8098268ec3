using Evercard.Lifecycle;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Evercard.Server.Sessions;

namespace Evercard.Server.Repair;

/// <summary>Tells the page of a repair what has changed.</summary>
public static class RepairEvents
{
    public static void MapRepairEvents(this IEndpointRouteBuilder app) =>
        app.MapGet("/manage/{smartcardId:guid}/repair/progress/events", OfProgress).RequireAuthorization(Permission.Repair).RequireRateLimiting(RateLimits.Streams);

    private static IResult OfProgress(
        HttpContext context, Guid smartcardId, string? seen, Database database, Desk desk, LifecycleOptions options, TimeProvider time, Wakeups wakeups, CancellationToken cancellation)
    {
        var (browser, sessionId) = (context.BrowserSessionId()!, context.RequiredSignedIn().Session.Id);
        return TypedResults.ServerSentEvents(Live.Events(seen, Look, ct => wakeups.Next(smartcardId, ct), cancellation));

        async Task<LiveState> Look(CancellationToken ct)
        {
            if (await SignedIn.Find(database, browser, options, time.GetUtcNow(), ct) is not { IsLive: true } who)
            {
                return new LiveState("over", SessionEndpoints.GoFrom(context));
            }

            return await RepairStory.Of(database, smartcardId, sessionId, options, time.GetUtcNow(), ct) switch
            {
                null => new LiveState("none", InsertModel.Address),
                { Operation.State: OperationState.Completed } done => new LiveState("done", RepairedModel.AddressOf(smartcardId, done.Reference)),
                var story => new LiveState(RepairProgressModel.Version(story, await desk.Find(who, smartcardId, ct) is null)),
            };
        }
    }
}
