namespace Evercard.Look;

/// <summary>The green panel of a success page: the heading of the page, and what has changed.</summary>
public sealed record PanelView(string Title, string? Text = null);
