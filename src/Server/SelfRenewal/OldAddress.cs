using Evercard.Server.Browsers;
using Evercard.Server.Help;

namespace Evercard.Server.SelfRenewal;

/// <summary>Addresses that people have in their bookmarks and instructions: they go on answering, logged in or not, and are never taken away.</summary>
public static class OldAddress
{
    private const string SelfRenewal = "selfRenewSmartcard";

    /// <summary>Old path → where that is now. Capitals and a slash at the end make no difference.</summary>
    public static readonly IReadOnlyDictionary<string, string> Moved = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["/repair-guide"] = Guide.AddressOf("renewal-of-an-expired-smartcard-repair"),
        ["/renewal-of-an-expired-smartcard"] = Guide.AddressOf("renewal-of-an-expired-smartcard-repair"),
        ["/re-issue-of-an-expired-smartcard"] = Guide.AddressOf("renewal-of-an-expired-smartcard-repair"),
        ["/renewal-guide"] = Guide.AddressOf("renew-your-smartcard"),
        ["/self-renewal"] = "/renew",
        ["/selfrenewal"] = "/renew",
        ["/cis"] = "/",
    };

    public static void MapOldAddress(this IEndpointRouteBuilder app)
    {
        // Not permanent for the browser: one that has learnt an answer by heart could not be sent anywhere else later.
        app.MapGet("/urswebapp/{**rest}", (string? operation) => Results.Redirect(OfApplet(operation))).AllowAnonymous();
        foreach (var (old, now) in Moved)
        {
            app.MapGet(old, () => Results.Redirect(now)).AllowAnonymous();
        }
    }

    /// <summary>What the old application was asked to do, where that is now.</summary>
    /// <param name="operation">In its address; null where there was none.</param>
    public static string OfApplet(string? operation) => string.Equals(operation?.Trim(), SelfRenewal, StringComparison.OrdinalIgnoreCase) ? "/renew" : "/";
}
