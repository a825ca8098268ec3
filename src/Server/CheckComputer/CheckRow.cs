namespace Evercard.Server.CheckComputer;

public enum CheckState
{
    Good,
    Bad,

    /// <summary>It cannot be told, or there is nothing to tell.</summary>
    Unknown,
}

/// <summary>One thing about a computer.</summary>
/// <param name="What">Such as "Clock".</param>
/// <param name="State">How it is.</param>
/// <param name="Finding">In words.</param>
/// <param name="Fix">How it is put right, beginning with who can: "You: …", "IT: …"; null where nothing is wrong.</param>
/// <param name="HelpHref">More about it, or null.</param>
public sealed record CheckRow(string What, CheckState State, string Finding, string? Fix = null, string? HelpHref = null)
{
    public string Sign => State switch { CheckState.Good => "✓", CheckState.Bad => "✗", _ => "–" };

    /// <summary>What the sign says, for whoever does not see it.</summary>
    public string Word => State switch { CheckState.Good => "Good", CheckState.Bad => "Not good", _ => "Not known" };
}
