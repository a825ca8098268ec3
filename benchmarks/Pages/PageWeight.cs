using System.Collections.Concurrent;
using Evercard.Journeys.Support;
using Microsoft.Playwright;

namespace Evercard.Bench.Pages;

/// <summary>What a page brings with it into a browser that has nothing of it yet.</summary>
/// <param name="Bytes">Transferred, answers' headers included: the page, its look, its script and its icon.</param>
/// <param name="Files">How many.</param>
/// <param name="Elsewhere">Addresses of other origins that it asked.</param>
internal sealed record PageWeight(long Bytes, int Files, IReadOnlyList<string> Elsewhere)
{
    /// <param name="chromium">The browser.</param>
    /// <param name="service">Address without a slash at the end.</param>
    /// <param name="page">The page.</param>
    /// <param name="from">A browser that is logged in.</param>
    public static async Task<PageWeight> Of(Chromium chromium, string service, PageAddress page, IBrowserContext from)
    {
        await using var context = await chromium.Fresh(withScript: true);
        if (page.NeedsLogIn)
        {
            await context.AddCookiesAsync((await from.CookiesAsync([service])).Select(one => new Cookie { Name = one.Name, Value = one.Value, Url = service }));
        }

        var (asked, finished) = (new ConcurrentBag<string>(), new ConcurrentBag<IRequest>());
        var tab = await context.NewPageAsync();
        tab.Request += (_, request) => asked.Add(request.Url);
        tab.RequestFinished += (_, request) => finished.Add(request);
        await tab.GotoAsync(service + page.Path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        if (new Uri(tab.Url).AbsolutePath != page.Path)
        {
            throw new InvalidOperationException($"{page.Path} led to {tab.Url}");
        }

        // A browser without a screen leaves the icon out.
        await tab.EvaluateAsync("async () => { await (await fetch(document.querySelector('link[rel=icon]').href, { cache: 'no-store' })).arrayBuffer() }");
        await Until.True(() => Task.FromResult(finished.Any(one => one.Url.Contains("/icon", StringComparison.Ordinal))), "the page's icon");
        var bytes = 0L;
        foreach (var request in finished)
        {
            var sizes = await request.SizesAsync();
            bytes += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        return new PageWeight(bytes, finished.Count, [.. asked.Where(address => !IsOf(service, address)).Distinct(StringComparer.Ordinal)]);
    }

    private static bool IsOf(string service, string address) =>
        address.StartsWith("data:", StringComparison.Ordinal) || new Uri(address).GetLeftPart(UriPartial.Authority) == service;
}
