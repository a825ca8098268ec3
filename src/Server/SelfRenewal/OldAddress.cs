using Evercard.Server.Browsers;

namespace Evercard.Server.SelfRenewal;

/// <summary>The address that people have in their bookmarks and instructions: it goes on answering, logged in or not.</summary>
public static class OldAddress
{
    private const string SelfRenewal = "selfRenewSmartcard";

    public static void MapOldAddress(this IEndpointRouteBuilder app) =>
        app.MapGet("/urswebapp/{**rest}", (string? operation) => Results.Redirect(operation == SelfRenewal ? "/renew" : "/")).AllowAnonymous();
}
