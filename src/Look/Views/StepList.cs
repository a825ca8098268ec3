namespace Evercard.Look;

public enum StepState
{
    Waiting,
    Now,
    Done,
    Failed,
}

public sealed record ListedStep(string Text, StepState State);

/// <summary>Work under way, for people to follow.</summary>
public sealed record StepList(IReadOnlyList<ListedStep> Steps)
{
    /// <summary>The heading of the page, where the page has none of its own.</summary>
    public string? Heading { get; init; }

    /// <summary>Such as "12 seconds".</summary>
    public string? Elapsed { get; init; }

    /// <summary>When it began: with script, the elapsed time goes on by itself. Null when it has ended.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Such as "about 15 seconds left".</summary>
    public string? Estimate { get; init; }

    /// <summary>What a screen reader is told when the list changes.</summary>
    internal string Announcement
    {
        get
        {
            var at = Steps.ToList().FindIndex(step => step.State is StepState.Now or StepState.Failed);
            return at < 0 ? Steps.All(step => step.State == StepState.Done) ? "All steps are done." : ""
                : $"Step {at + 1} of {Steps.Count}: {Steps[at].Text}{(Steps[at].State == StepState.Failed ? ". This step failed." : "")}";
        }
    }

    /// <summary>The word for the step that it is at: what the program does, or what the person has to do.</summary>
    public string NowWord { get; init; } = "Under way";

    internal (string Sign, string Word, string Class) Shown(StepState state) => state switch
    {
        StepState.Done => ("✓", "Done", "ev-step-done"),
        StepState.Now => ("▸", NowWord, "ev-step-now"),
        StepState.Failed => ("✕", "Failed", "ev-step-failed"),
        _ => ("○", "Waiting", "ev-step-waiting"),
    };
}
