using Microsoft.AspNetCore.Html;

namespace Evercard.Look;

/// <summary>One entry of the primary navigation.</summary>
public sealed record NavigationLink(string Text, string Href, bool IsCurrent = false);

/// <summary>What stands around the content of a page. One for each request: the program fills it, the page adds to it, the layout draws it.</summary>
public sealed class PageFrame
{
    /// <summary>In the header and at the end of every title.</summary>
    public string ServiceName { get; set; } = "";

    public string HomeHref { get; set; } = "/";

    public string HelpHref { get; set; } = "/help";

    public string? Version { get; set; }

    public IReadOnlyList<NavigationLink> Navigation { get; set; } = [];

    /// <summary>Name and role, such as "Wren Holloway, Staff nurse". Null: nobody is logged in.</summary>
    public string? SignedInAs { get; set; }

    /// <summary>Where the log out button posts to. Null: no button.</summary>
    public string? LogOutAction { get; set; }

    /// <summary>Hidden field that goes with the log out button.</summary>
    public IHtmlContent? LogOutToken { get; set; }

    /// <summary>What kind of place this is, above everything else; null where it is real.</summary>
    public string? Banner { get; set; }

    /// <summary>What whoever looks should know now, below the header.</summary>
    public string? Notice { get; set; }

    /// <summary>Service notices, below it: plain text, in which web addresses can be followed.</summary>
    public IReadOnlyList<string> Notices { get; set; } = [];

    /// <summary>The organisation's contacts, at the foot beside "Get help".</summary>
    public IHtmlContent? ContactsHtml { get; set; }

    /// <summary>A small window of its own (480 by 620): short header, no navigation.</summary>
    public bool IsWindow { get; set; }

    public string? ReaderName { get; set; }

    public string? CardHolder { get; set; }

    /// <summary>When the session ends. With <see cref="ExtendAction"/>, a warning is shown two minutes before.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Posted to when the person wants to stay. It answers 200 with the new end (ISO 8601 text), or 204: as long again.</summary>
    public string? ExtendAction { get; set; }

    /// <summary>Antiforgery token for <see cref="ExtendAction"/>, sent as __RequestVerificationToken.</summary>
    public string? ExtendToken { get; set; }

    /// <summary>Address of server-sent events "change" (fetch this page again) and "go" (data: where to).</summary>
    public string? LiveAddress { get; set; }

    /// <summary>Without script, or without <see cref="LiveAddress"/>, the page is fetched again after this many seconds.</summary>
    public int? RefreshSeconds { get; set; }

    /// <summary>The page moves on to this address by itself, after <see cref="RefreshSeconds"/> or at once.</summary>
    public string? GoTo { get; set; }

    internal string TitleOf(string? page, bool hasErrors) =>
        (hasErrors ? "Error: " : "") + string.Join(" – ", new[] { page, ServiceName }.Where(part => !string.IsNullOrEmpty(part)));

    internal bool WarnsBeforeItEnds => EndsAt is not null && ExtendAction is not null;
}
