namespace Evercard.Lifecycle;

/// <summary>An act that will not be done, in words for the person who asked for it.</summary>
/// <param name="Code">From the catalogue, e.g. RENEW-EARLY.</param>
/// <param name="Detail">What is true.</param>
/// <param name="NextStep">What to do now.</param>
/// <param name="Reference">EV-XXXX-XX of the operation, where there is one.</param>
/// <param name="TriesLeft">Passcode tries left, where that is the point.</param>
/// <param name="Help">Who can help: one person or desk a line, with place, hours and telephone; null where nobody is needed or known.</param>
public sealed record Refusal(string Code, string Detail, string NextStep, string? Reference = null, int? TriesLeft = null, string? Help = null);
