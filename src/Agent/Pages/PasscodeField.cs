namespace Evercard.Agent.Pages;

/// <summary>A field for a passcode: masked by the style sheet, of no kind that a browser offers to save, never filled in again.</summary>
public sealed record PasscodeField(string Name, string Label, string? Hint = null, bool IsFirst = false);
