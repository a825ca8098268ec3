using Evercard.Lifecycle;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.ManageSmartcard;
using Evercard.Server.Sessions;

namespace Evercard.Server.AtDesk;

/// <summary>Tells the page of an act on another person's card what has changed.</summary>
public static class DeskEvents
{
    public static void MapDeskEvents(this IEndpointRouteBuilder app)
    {
        Map(app, DeskAct.Repair, Permission.Repair);
        Map(app, DeskAct.Unlock, Permission.Unlock);
        Map(app, DeskAct.Renewal, Permission.AssistedRenewal);
    }

    private static void Map(IEndpointRouteBuilder app, DeskAct act, string permission) =>
        app.MapGet(
                $"/manage/{{smartcardId:guid}}/{SelectServiceModel.NameOf(act.Service)}/progress/events",
                (HttpContext context, Guid smartcardId, string? seen, Database database, Desk desk, LifecycleOptions options, TimeProvider time, Wakeups wakeups, CancellationToken cancellation) =>
                    OfProgress(act, context, smartcardId, seen, database, desk, options, time, wakeups, cancellation))
            .RequireAuthorization(permission).RequireRateLimiting(RateLimits.Streams);

    private static IResult OfProgress(
        DeskAct act, HttpContext context, Guid smartcardId, string? seen, Database database, Desk desk, LifecycleOptions options, TimeProvider time, Wakeups wakeups, CancellationToken cancellation)
    {
        var (browser, sessionId) = (context.BrowserSessionId()!, context.RequiredSignedIn().Session.Id);
        return TypedResults.ServerSentEvents(Live.Events(seen, Look, ct => wakeups.Next(smartcardId, ct), cancellation));

        async Task<LiveState> Look(CancellationToken ct)
        {
            if (await SignedIn.Find(database, browser, options, time.GetUtcNow(), ct) is not { IsLive: true } who)
            {
                return new LiveState("over", SessionEndpoints.GoFrom(context));
            }

            return await DeskStory.Of(database, act.Act, smartcardId, sessionId, options, time.GetUtcNow(), ct) switch
            {
                null => new LiveState("none", InsertModel.Address),
                { Operation.State: OperationState.Completed } done => new LiveState("done", act.DoneAddress(smartcardId, done.Reference)),
                var story => new LiveState(ProgressPage.Version(story, await desk.Find(who, smartcardId, ct) is null)),
            };
        }
    }
}
