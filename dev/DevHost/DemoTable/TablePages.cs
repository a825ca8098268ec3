using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Evercard.DevHost.SampleCards;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace Evercard.DevHost.DemoTable;

/// <summary>Puts the table's page and what belongs to it beside the pages of a server.</summary>
internal static class TablePages
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>For <see cref="Server.ServerOptions.Besides"/>.</summary>
    public static void AddTable(IServiceCollection services)
    {
        var own = typeof(TablePages).Assembly;
        services.AddRazorPages().ConfigureApplicationPartManager(parts =>
        {
            foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(own).GetApplicationParts(own))
            {
                parts.ApplicationParts.Add(part);
            }
        });
    }

    /// <param name="app">Built, and does not listen yet.</param>
    /// <param name="table">The table, once it is laid.</param>
    public static void MapTable(this WebApplication app, Func<Table?> table)
    {
        app.Use((context, next) =>
        {
            context.Features.Set(table());
            return next(context);
        });
        app.MapGet("/demo/table.css", () => Results.Stream(typeof(TablePages).Assembly.GetManifestResourceStream("table.css")!, "text/css")).AllowAnonymous();
        app.MapGet("/demo/portraits/{uuid}", Picture).AllowAnonymous();
        app.MapGet("/demo/events", (string? seen, CancellationToken cancellation) =>
            TypedResults.ServerSentEvents(Changes(table()!, seen, cancellation))).AllowAnonymous();
    }

    private static IResult Picture(HttpContext context, string uuid)
    {
        if (SamplePeople.All.FirstOrDefault(p => p.Uuid == uuid) is not { Hair: { } hair })
        {
            return Results.NotFound();
        }

        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "max-age=600";
        return Results.Bytes(Portrait.Of(uuid, hair), Portrait.MediaType);
    }

    private static async IAsyncEnumerable<SseItem<string>> Changes(Table table, string? seen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var now = table.Version(await table.Look(cancellation));
            if (now != seen)
            {
                yield return new SseItem<string>(now, "change");
                seen = now;
            }

            await Task.Delay(LookAgainAfter, cancellation);
        }
    }
}
