using System.Globalization;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.Window;

/// <summary>A renewal as people follow it (SCREENS S3): four steps, whatever order the keys are renewed in.</summary>
public static class NamedSteps
{
    private const int Closing = 13;
    private static readonly string[] Names = ["Checking", "Signature certificate", "Log-in certificate", "Proving it works"];

    public static StepList List(PageState state, DateTimeOffset now)
    {
        var at = state.Steps.Count == 0 ? 0 : state.Steps.Max(Place);
        var elapsed = (int)Math.Max(0, (now - (state.Began ?? now)).TotalSeconds);
        return new StepList(
            [.. Names.Select((name, i) => new ListedStep(name, i < at ? StepState.Done : i == at ? StepState.Now : StepState.Waiting))])
        {
            Since = state.Began,
            Elapsed = string.Create(CultureInfo.InvariantCulture, $"{elapsed} {(elapsed == 1 ? "second" : "seconds")}"),
        };
    }

    /// <summary>0 to 3.</summary>
    private static int Place(Progress step) =>
        step.Step >= Closing ? 3
        : step.Text.Contains("log-in", StringComparison.OrdinalIgnoreCase) ? 2
        : step.Text.Contains("signature", StringComparison.OrdinalIgnoreCase) ? 1
        : 0;
}
