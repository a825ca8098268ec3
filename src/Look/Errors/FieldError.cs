namespace Evercard.Look;

/// <summary>What is wrong with an answer. <paramref name="FieldId"/> is the id of the element to go to; empty: of the page as a whole.</summary>
public sealed record FieldError(string FieldId, string Text);
