using Evercard.Server.Browsers;
using Evercard.Server.Dashboard;

namespace Evercard.Server.ManageSmartcard;

/// <summary>The photograph of whoever's card is in the second reader.</summary>
public static class CardholderPhotograph
{
    public static void MapCardholderPhotograph(this IEndpointRouteBuilder app) =>
        app.MapGet("/manage/{smartcardId:guid}/photograph", Send).RequireAuthorization(Permission.ManageSmartcard);

    public static string AddressOf(Guid smartcardId) => $"/manage/{smartcardId}/photograph";

    private static async Task<IResult> Send(HttpContext context, Guid smartcardId, Desk desk, CancellationToken cancellation) =>
        await desk.Find(context.RequiredSignedIn(), smartcardId, cancellation) is { } found
            // Nothing of it stays on the operator's computer once the card is out.
            ? Photograph.Send(context, found.Card.Holder, "private, no-store")
            : Results.NotFound();
}
