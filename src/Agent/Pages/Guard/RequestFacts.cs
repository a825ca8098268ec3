namespace Evercard.Agent.Pages.Guard;

/// <summary>What the guard weighs of a request.</summary>
/// <param name="IsOwnUser">The other end of the connection belongs to the user who runs this agent.</param>
public sealed record RequestFacts(
    string Method, string? Host, string? Origin, string? FetchSite, string? FetchMode, string? FetchDest, string? ContentType, bool IsOwnUser);

/// <summary>What the guard says to a request.</summary>
public enum GuardVerdict
{
    Allowed,

    /// <summary>It was meant for another name: DNS rebinding.</summary>
    OtherHost,

    /// <summary>AGENT-OTHER.</summary>
    OtherUser,

    /// <summary>Another site's script, or another site's image, asks for a page.</summary>
    NotANavigation,

    /// <summary>Somebody draws the page inside theirs.</summary>
    Framed,

    /// <summary>The form was not on a page of this agent.</summary>
    ForeignForm,

    /// <summary>Not the kind of form that these pages send.</summary>
    OtherContent,

    OtherMethod,
}
