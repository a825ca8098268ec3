namespace Evercard.Protocol;

/// <summary>The act reached its end: both keys are proven.</summary>
/// <param name="RequestId">The request that began or finished it.</param>
/// <param name="ActId">The operation.</param>
/// <param name="OldNotAfter">When the certificates before it would have ended.</param>
/// <param name="NewNotAfter">When the new ones end.</param>
/// <param name="SupersededCertificates">Serial numbers, hexadecimal: the agent removes them from the user's certificate store.</param>
/// <param name="RoundTrips">Scripts that the agent answered.</param>
/// <param name="CardMilliseconds">Time that the card took of it.</param>
/// <param name="ElapsedMilliseconds">Time of the whole request at the server.</param>
public sealed record ActCompleted(
    string RequestId, string ActId, DateTimeOffset OldNotAfter, DateTimeOffset NewNotAfter, IReadOnlyList<string> SupersededCertificates,
    int RoundTrips, long CardMilliseconds, long ElapsedMilliseconds) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(ActId, nameof(ActId))
        ?? Field.Count(SupersededCertificates, nameof(SupersededCertificates), 0)
        ?? SupersededCertificates.Select(serial => Field.Id(serial, nameof(SupersededCertificates))).FirstOrDefault(fault => fault is not null)
        ?? Field.NotNegative(RoundTrips, nameof(RoundTrips)) ?? Field.NotNegative(CardMilliseconds, nameof(CardMilliseconds))
        ?? Field.NotNegative(ElapsedMilliseconds, nameof(ElapsedMilliseconds));
}
