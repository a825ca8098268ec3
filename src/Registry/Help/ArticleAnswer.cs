namespace Evercard.Registry.Help;

/// <summary>What somebody answered at the end of a guide: "Did this article help you?" Nothing tells who it was.</summary>
public sealed class ArticleAnswer
{
    public const int LongestLine = 200;

    public required Guid Id { get; init; }

    /// <summary>Name of the guide, as in its address.</summary>
    public required string Article { get; init; }

    public required bool Helped { get; init; }

    /// <summary>What was missing, one line of plain text; null where nothing was written.</summary>
    public string? Line { get; init; }

    /// <summary>The day and no time of day: with it one could look up who was at work.</summary>
    public required DateOnly Day { get; init; }
}
