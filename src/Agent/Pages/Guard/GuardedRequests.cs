using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Evercard.Agent.Pages.Guard;

/// <summary>Stands before everything else: what is not allowed reaches no page, only the words that say why.</summary>
internal sealed class GuardedRequests(RequestDelegate next, AgentPagesOptions options, ILogger<GuardedRequests> log)
{
    private static readonly object OwnUser = new();

    public Task Invoke(HttpContext context)
    {
        var host = $"127.0.0.1:{context.Connection.LocalPort}";
        var verdict = RequestRules.Judge(Facts(context), host);
        if (verdict == GuardVerdict.Allowed)
        {
            return next(context);
        }

        log.LogWarning("A request was turned away: {Verdict}", verdict);
        if (verdict == GuardVerdict.OtherHost)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("Nothing is kept at this address.\n", context.RequestAborted);
        }

        // The page about it is drawn in place of what was asked for.
        context.Response.StatusCode = verdict switch
        {
            GuardVerdict.OtherMethod => StatusCodes.Status405MethodNotAllowed,
            GuardVerdict.OtherContent => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status403Forbidden,
        };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = verdict == GuardVerdict.OtherUser ? "/refused/other-user" : "/refused/guard";
        context.Request.QueryString = QueryString.Empty;
        return next(context);
    }

    private RequestFacts Facts(HttpContext context)
    {
        string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
        return new(
            context.Request.Method, Header("Host"), Header("Origin"), Header("Sec-Fetch-Site"), Header("Sec-Fetch-Mode"), Header("Sec-Fetch-Dest"),
            context.Request.ContentType, IsOwnUser(context));
    }

    /// <summary>Asked once for a connection: it cannot change hands.</summary>
    private bool IsOwnUser(HttpContext context)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items?.TryGetValue(OwnUser, out var known) == true)
        {
            return known is true;
        }

        var connection = context.Connection;
        var isOwn = connection is { RemoteIpAddress: { } peer, LocalIpAddress: { } own }
            && options.IsOwnUser(new IPEndPoint(peer, connection.RemotePort), new IPEndPoint(own, connection.LocalPort));
        if (items is not null)
        {
            items[OwnUser] = isOwn;
        }

        return isOwn;
    }
}
