namespace Evercard.Protocol;

/// <summary>No, and what to do next (the refusal catalogue).</summary>
/// <param name="RequestId">The request that is refused; null where the link itself is meant.</param>
/// <param name="Code">E.g. "RENEW-EARLY".</param>
/// <param name="Title">What is true, in a sentence.</param>
/// <param name="NextStep">What the person does now.</param>
/// <param name="Reference">EV-XXXX-XX for the service desk.</param>
/// <param name="TriesLeft">Passcode tries left, where the card told them.</param>
/// <param name="Facts">Values that pages lay out themselves, by name; dates in ISO 8601.</param>
public sealed record Refused(
    string? RequestId, string Code, string Title, string NextStep, string? Reference = null, int? TriesLeft = null,
    IReadOnlyDictionary<string, string>? Facts = null) : Message
{
    internal override string? FindFault() =>
        Field.OptionalId(RequestId, nameof(RequestId)) ?? Field.Id(Code, nameof(Code))
        ?? Field.Text(Title, nameof(Title), Field.TextLength) ?? Field.Text(NextStep, nameof(NextStep), Field.TextLength)
        ?? Field.OptionalId(Reference, nameof(Reference)) ?? Field.Range(TriesLeft ?? 0, nameof(TriesLeft), 0, 15)
        ?? (Facts is null ? null : FactsFault(Facts));

    private static string? FactsFault(IReadOnlyDictionary<string, string> facts) =>
        facts.Count > Field.MostItems || facts.Values.Any(value => value is null || value.Length > Field.TextLength) ? "Facts are too many or too long" : null;
}
