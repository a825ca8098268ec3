namespace Evercard.CardSimulator;

/// <summary>What a data object holds after power failed while it was written.</summary>
public enum TornObject
{
    Old,

    /// <summary>All that has been received: the whole new value where the cut hits the last link of the chain.</summary>
    New,

    /// <summary>The first half of what was received.</summary>
    Prefix,

    /// <summary>The first half of what was received, then the rest of the old value.</summary>
    Mixture,
}

/// <summary>Where in the life of one command APDU power fails. The answer is lost in each case.</summary>
public abstract record CutPoint
{
    private CutPoint()
    {
    }

    /// <summary>The card never saw the command.</summary>
    public static CutPoint BeforeEffect { get; } = new Before();

    /// <summary>The card did all that was asked.</summary>
    public static CutPoint AfterEffect { get; } = new After();

    /// <summary>In the middle of writing a data object; for a command that writes none, as <see cref="BeforeEffect"/>.</summary>
    public static CutPoint TornWrite(TornObject result) => new Torn(result);

    internal sealed record Before : CutPoint;

    internal sealed record After : CutPoint;

    internal sealed record Torn(TornObject Result) : CutPoint;
}
