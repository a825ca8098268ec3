using Microsoft.AspNetCore.Html;

namespace Evercard.Look;

/// <summary>A way on: a link, or a button that posts. <paramref name="Token"/> is the hidden field to post; null: the framework's.</summary>
public sealed record RefusalAction(string Text, string Href, bool IsPost = false, IHtmlContent? Token = null);

/// <summary>
/// Why it does not go on. <paramref name="Title"/> says what is true, <paramref name="NextStep"/> what to do;
/// <paramref name="Code"/> and <paramref name="Reference"/> are for the people who help.
/// </summary>
public sealed record RefusalView(string Code, string Title, string NextStep)
{
    public string? Reference { get; init; }

    /// <summary>The page about this code; null where there is none to lead to.</summary>
    public string? HelpHref { get; init; }

    /// <summary>More that helps, one paragraph each.</summary>
    public IReadOnlyList<string> HelpLines { get; init; } = [];

    /// <summary>The first is the main one.</summary>
    public IReadOnlyList<RefusalAction> Actions { get; init; } = [];
}
