namespace Evercard.Registry.Help;

public enum NoticeAudience
{
    Everybody,
    LoggedIn,
}

/// <summary>What people should know today: stands on every page of the service from its start to its end.</summary>
public sealed class ServiceNotice
{
    public const int LongestText = 500;

    /// <summary>1, 2, 3 …: what an administrator types to end it.</summary>
    public required int Id { get; init; }

    /// <summary>Plain text, such as "We have moved. Please update your bookmarks."</summary>
    public required string Text { get; init; }

    public required NoticeAudience Audience { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Null: until somebody ends it.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it is shown now.</summary>
    /// <param name="now">The server's clock.</param>
    /// <param name="loggedIn">Whether whoever looks is logged in.</param>
    public bool IsFor(DateTimeOffset now, bool loggedIn) =>
        StartsAt <= now && (EndsAt is null || now < EndsAt) && (Audience == NoticeAudience.Everybody || loggedIn);
}
