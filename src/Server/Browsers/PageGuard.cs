using Evercard.Server.AgentLink;

namespace Evercard.Server.Browsers;

/// <summary>
/// Before routing: pages answer to their own name only (DNS rebinding), and take nothing that another site's page sends (Fetch Metadata).
/// </summary>
internal sealed class PageGuard(RequestDelegate next, AgentLinkOptions link, Func<IEnumerable<string>> hosts)
{
    private static readonly string[] NotPages = ["/agent", "/crl", "/ca", "/health"];
    private static readonly string[] Framed = ["iframe", "frame", "embed", "object"];

    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (Array.Exists(NotPages, path => request.Path.StartsWithSegments(path, StringComparison.Ordinal)))
        {
            return next(context);
        }

        var status = !IsOurName(request.Host.Value) ? StatusCodes.Status421MisdirectedRequest
            : IsForeign(request) ? StatusCodes.Status403Forbidden
            : (int?)null;
        if (status is null)
        {
            return next(context);
        }

        context.Response.StatusCode = status.Value;
        return context.Response.WriteAsync(
            status == StatusCodes.Status403Forbidden ? "This was sent by another site's page. Open the service itself." : "There is no service of this name here.", context.RequestAborted);
    }

    private bool IsOurName(string? host) =>
        host is not null && (hosts().Contains(host) || (link.ServerOrigin is { } origin && new Uri(origin).Authority == host));

    /// <summary>The scheme may be a proxy's.</summary>
    private static bool IsFrom(string origin, string? host) => Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == host;

    private static bool IsForeign(HttpRequest request)
    {
        var (site, mode, destination) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers["Sec-Fetch-Mode"].ToString(), request.Headers["Sec-Fetch-Dest"].ToString());
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return Framed.Contains(destination)
            || (!isRead && request.Headers.Origin is [{ Length: > 0 } origin] && !IsFrom(origin, request.Host.Value))
            || (site is "cross-site" or "same-site" && !(isRead && mode == "navigate"));
    }
}
