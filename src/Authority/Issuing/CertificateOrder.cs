namespace Evercard.Authority.Issuing;

/// <summary>What a certificate is asked to say. The authority knows no people or cards: these are words to it.</summary>
/// <param name="OrderId">Names the order for ever: the same order gives the same certificate. At most 100 characters.</param>
/// <param name="Profile">Name of a certificate profile: "authentication" or "signature".</param>
/// <param name="CommonName">CN of the subject, 1 to 64 characters.</param>
/// <param name="SubjectSerialNumber">serialNumber of the subject: 12 digits.</param>
/// <param name="CardUuid">The card's GUID, for the URN in the SAN.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER.</param>
/// <param name="NotAfter">Last second of validity.</param>
public sealed record CertificateOrder(
    string OrderId,
    string Profile,
    string CommonName,
    string SubjectSerialNumber,
    Guid CardUuid,
    ReadOnlyMemory<byte> PublicKey,
    DateTimeOffset NotAfter);

/// <summary>A certificate that may now be signed, once: its serial number and to-be-signed bytes are stored.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="SerialNumber">Upper-case hexadecimal.</param>
/// <param name="Token">Good for one <c>Issue</c>; 32 random bytes, hexadecimal.</param>
public sealed record Preparation(string OrderId, string SerialNumber, string Token);

/// <summary>A certificate that exists.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="SerialNumber">Upper-case hexadecimal.</param>
/// <param name="Issuer">Name of the issuing CA: "authentication" or "signature".</param>
/// <param name="Certificate">DER.</param>
public sealed record IssuedCertificate(string OrderId, string SerialNumber, string Issuer, ReadOnlyMemory<byte> Certificate);

/// <summary>CRL reason codes that are used here (RFC 5280, 5.3.1).</summary>
public enum RevocationReason
{
    Unspecified = 0,

    /// <summary>Voids every past signature at relying services.</summary>
    KeyCompromise = 1,
    AffiliationChanged = 3,

    /// <summary>A successor was proven: later signatures only are void.</summary>
    Superseded = 4,
    CessationOfOperation = 5,
}

/// <summary>Where a certificate stands, as the authority that issued it sees it.</summary>
public enum CertificateStanding
{
    Good,
    Revoked,

    /// <summary>Not issued here, or its signature does not verify.</summary>
    Unknown,
}

/// <summary>The signer or its key store gives no answer: nothing was signed.</summary>
public sealed class AuthorityUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The order breaks the profile or a lint rule; no certificate will be made of it.</summary>
public sealed class OrderRefusedException(IReadOnlyList<string> findings)
    : Exception("The certificate order was refused: " + string.Join("; ", findings))
{
    public IReadOnlyList<string> Findings { get; } = findings;
}
