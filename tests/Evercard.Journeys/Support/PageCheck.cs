using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>What is done with every page that a journey meets: a picture is kept, and axe finds nothing (WCAG 2.2, levels A and AA). Pages that look alike are pictured and judged once.</summary>
/// <param name="journey">Names the folder of the pictures.</param>
/// <param name="withScript">False: the browser runs no script, axe's neither. What it would judge is the same page.</param>
internal sealed class PageCheck(string journey, bool withScript = true)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static readonly ConcurrentDictionary<(string Skeleton, bool WithScript), bool> Seen = [];

    private int pages;

    /// <param name="page">A page that has arrived.</param>
    /// <param name="heading">Its h1.</param>
    /// <param name="picture">Its name in the guides, or null.</param>
    public async Task Look(IPage page, string heading, string? picture)
    {
        var skeleton = await PageSkeleton.Of(page);
        var isNew = Seen.TryAdd((skeleton, withScript), true);
        if (isNew)
        {
            await Keep(page, heading);
        }

        if (picture is not null)
        {
            await Pictures.Compare(page, picture, skeleton);
        }

        if (!withScript || !isNew)
        {
            return;
        }

        var result = await page.RunAxe(Rules);
        result.Violations.Select(v => $"{heading}: {v.Id}: {v.Help}: {string.Join("; ", v.Nodes.Select(n => n.Html))}").ShouldBeEmpty();
    }

    /// <summary>Keeps the picture as build output.</summary>
    public async Task Keep(IPage page, string heading)
    {
        var number = (++pages).ToString("D2", CultureInfo.InvariantCulture);
        var slug = Regex.Replace(heading.ToLowerInvariant(), "[^a-z0-9]+", "-", RegexOptions.None, TimeSpan.FromSeconds(1)).Trim('-');
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Repository.At("artifacts", "journeys", journey, $"{number}-{slug[..Math.Min(slug.Length, 60)]}.png"), FullPage = true,
        });
    }
}
