using Evercard.Lifecycle;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.Sessions;

namespace Evercard.Server.ManageSmartcard;

/// <summary>Tells the pages of Manage Smartcard what happens at the readers.</summary>
public sealed class ManageEvents(Desk desk, Database database, LifecycleOptions options, TimeProvider time, Wakeups wakeups)
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/manage/events", (HttpContext context, string? seen, ManageEvents events, CancellationToken cancellation) => events.OfDesk(context, seen, cancellation))
            .RequireAuthorization(Permission.ManageSmartcard).RequireRateLimiting(RateLimits.Streams);
        app.MapGet(
                "/manage/{smartcardId:guid}/events",
                (HttpContext context, Guid smartcardId, string? seen, ManageEvents events, CancellationToken cancellation) => events.OfCard(context, smartcardId, seen, cancellation))
            .RequireAuthorization(Permission.ManageSmartcard).RequireRateLimiting(RateLimits.Streams);
    }

    /// <summary>Two desks that look alike have the same.</summary>
    internal static string Version(DeskView desk, bool isSuspended) => Digest.Of($"{string.Join('\n', desk.Readers)}\n{desk.Refusal?.Code}\n{isSuspended}");

    /// <summary>A card that looks alike has the same.</summary>
    internal static string Version(CardAtDesk found) => Digest.Of($"{found.Card.State} {found.Card.NotAfter:O} {found.Reader}");

    /// <summary>Of the page that waits for a card: with the card it goes on.</summary>
    private IResult OfDesk(HttpContext context, string? seen, CancellationToken cancellation) =>
        Stream(
            context,
            seen,
            async (who, ct) => await desk.Look(who, ct) switch
            {
                { GoOn: { } card } when !who.IsSuspended => new LiveState("card", UserDetailsModel.AddressOf(card)),
                var view => new LiveState(Version(view, who.IsSuspended)),
            },
            cancellation);

    /// <summary>Of the pages about one card: without the card they go back.</summary>
    private IResult OfCard(HttpContext context, Guid smartcardId, string? seen, CancellationToken cancellation) =>
        Stream(
            context,
            seen,
            async (who, ct) => await desk.Find(who, smartcardId, ct) is { } found ? new LiveState(Version(found)) : new LiveState("gone", InsertModel.Address),
            cancellation);

    private IResult Stream(HttpContext context, string? seen, Func<SignedIn, CancellationToken, Task<LiveState>> look, CancellationToken cancellation)
    {
        var (browser, began) = (context.BrowserSessionId()!, context.RequiredSignedIn());
        return TypedResults.ServerSentEvents(Live.Events(seen, Now, ct => wakeups.NextOfComputer(began.Browser.AgentId, ct), cancellation));

        async Task<LiveState> Now(CancellationToken ct) =>
            await SignedIn.Find(database, browser, options, time.GetUtcNow(), ct) switch
            {
                { IsLive: true } who when who.Role?.Id == began.Role?.Id => await look(who, ct),

                // The role was switched in another tab: the page itself says what that means.
                { IsLive: true } => new LiveState("role", SessionEndpoints.PageOf(context)),
                _ => new LiveState("over", SessionEndpoints.GoFrom(context)),
            };
    }
}
