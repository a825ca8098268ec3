using Evercard.Server.Browsers;

namespace Evercard.Server.Dashboard;

/// <summary>One's own photograph.</summary>
public static class Photograph
{
    private static readonly string[] Pictures = ["image/jpeg", "image/png", "image/webp", "image/svg+xml"];

    public static void MapPhotograph(this IEndpointRouteBuilder app) => app.MapGet("/photograph", Send).RequireAuthorization(Permission.OwnCard);

    private static IResult Send(HttpContext context)
    {
        if (context.RequiredSignedIn().Person is not { Photograph: { } picture, PhotographType: { } type } || !Pictures.Contains(type))
        {
            return Results.NotFound();
        }

        // A drawing may hold scripts: opened by itself, it may do nothing.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        context.Response.Headers.CacheControl = "private, max-age=600";
        return Results.Bytes(picture, type);
    }
}
