using System.Globalization;
using System.Threading.Channels;
using Evercard.Agent.Pages.Opened;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evercard.Agent.Pages.Live;

/// <summary>Server-sent events: "change" says that the page shall be fetched again.</summary>
internal static class Changes
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);

    public static void MapChanges(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", (HttpContext context, AgentDesk desk, IHostApplicationLifetime life) => Send(context, desk, desk.Pages.Status, life));
        foreach (var folder in new[] { "window", "act", "passcode", "confirm", "choose", "try" })
        {
            routes.MapGet($"/{folder}/{{id}}/events", (string id, HttpContext context, AgentDesk desk, IHostApplicationLifetime life) =>
                desk.Pages.Find(id, OpenedKind.Window, OpenedKind.RoleChoice, OpenedKind.Renewal, OpenedKind.PasscodeChange, OpenedKind.Confirmation,
                    OpenedKind.NewPasscode, OpenedKind.CardTest) is { } page
                    ? Send(context, desk, page, life)
                    : NoSuchPage(context));
        }
    }

    private static Task NoSuchPage(HttpContext context)
    {
        // An event stream that is answered so is not asked for again.
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task Send(HttpContext context, AgentDesk desk, OpenedPage page, IHostApplicationLifetime life)
    {
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Tell(object? sender, EventArgs e) => news.Writer.TryWrite(true);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        desk.Changed += Tell;
        desk.Pages.Listens(page, 1);
        try
        {
            // What changed between the drawing of the page and this moment was heard by nobody.
            if (context.Request.Query["v"] != desk.Version.ToString(CultureInfo.InvariantCulture))
            {
                Tell(null, EventArgs.Empty);
            }

            while (true)
            {
                var wait = news.Reader.WaitToReadAsync(ended.Token).AsTask();
                var isNews = await Task.WhenAny(wait, Task.Delay(SignOfLife, desk.Time, ended.Token)) == wait && await wait;
                news.Reader.TryRead(out _);
                await context.Response.WriteAsync(isNews ? "event: change\ndata:\n\n" : ": here\n\n", ended.Token);
                await context.Response.Body.FlushAsync(ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the agent ends.
        }
        finally
        {
            desk.Pages.Listens(page, -1);
            desk.Changed -= Tell;
        }
    }
}
