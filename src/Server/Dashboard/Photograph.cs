using Evercard.Registry.People;
using Evercard.Server.Browsers;

namespace Evercard.Server.Dashboard;

/// <summary>Photographs of people: here one's own.</summary>
public static class Photograph
{
    private static readonly string[] Pictures = ["image/jpeg", "image/png", "image/webp", "image/svg+xml"];

    public static void MapPhotograph(this IEndpointRouteBuilder app) =>
        app.MapGet("/photograph", (HttpContext context) => Send(context, context.RequiredSignedIn().Person, "private, max-age=600")).RequireAuthorization(Permission.OwnCard);

    /// <summary>The photograph on file, where it is a picture.</summary>
    internal static IResult Send(HttpContext context, Person person, string cacheControl)
    {
        if (person is not { Photograph: { } picture, PhotographType: { } type } || !Pictures.Contains(type))
        {
            return Results.NotFound();
        }

        // A drawing may hold scripts: opened by itself, it may do nothing.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        context.Response.Headers.CacheControl = cacheControl;
        return Results.Bytes(picture, type);
    }
}
