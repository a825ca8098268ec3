namespace Evercard.Server.Browsers;

/// <summary>What a route asks of whoever comes. Every route names one; a test reads them all.</summary>
public static class Permission
{
    /// <summary>Logged in with a smartcard: what concerns this person and this card.</summary>
    public const string OwnCard = "own-card";

    /// <summary>Look references up.</summary>
    public const string ServiceDesk = "service-desk";

    /// <summary>Read the history of other people's cards.</summary>
    public const string History = "history";

    /// <summary>A browser that was joined to an agent, logged in or not.</summary>
    public const string JoinedBrowser = "joined-browser";
}
