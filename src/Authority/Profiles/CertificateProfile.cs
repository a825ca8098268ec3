using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Evercard.Authority.Keys;

namespace Evercard.Authority.Profiles;

internal enum SubjectAttribute
{
    CommonName,
    SerialNumber,
}

internal enum AlternativeName
{
    /// <summary>serialNumber@domain, the user principal name of smartcard logon.</summary>
    Upn,

    /// <summary>urn:uuid: with the card's GUID (FIPS 201-3, 4.2.2).</summary>
    CardUuid,
}

/// <summary>What certificates of one kind look like: a JSON file.</summary>
internal sealed class CertificateProfile
{
    public required string Name { get; init; }

    /// <summary>The issuing CA: "authentication" or "signature".</summary>
    public required string Issuer { get; init; }

    /// <summary>Attributes of the subject, in order.</summary>
    public required IReadOnlyList<SubjectAttribute> Subject { get; init; }

    /// <summary>notAfter minus notBefore is at most this.</summary>
    public required int ValidityLimitDays { get; init; }

    public required IReadOnlyList<KeyAlgorithm> KeyAlgorithms { get; init; }

    public required IReadOnlyList<KeyUsageBit> KeyUsage { get; init; }

    /// <summary>OIDs; empty for a certificate without the extension.</summary>
    public required IReadOnlyList<string> ExtendedKeyUsage { get; init; }

    public required IReadOnlyList<AlternativeName> SubjectAlternativeNames { get; init; }

    public required bool CrlDistributionPoint { get; init; }

    public required bool AuthorityInformationAccess { get; init; }

    /// <summary>Policy OIDs; none where the file says nothing.</summary>
    // The source-generated reader passes null for what is left out; an initialiser would be lost.
    [AllowNull]
    public IReadOnlyList<string> CertificatePolicies { get => field ?? []; init; }
}

/// <summary>Bits of keyUsage that an end-entity certificate may have here (RFC 5280, 4.2.1.3); the value is the bit's number.</summary>
internal enum KeyUsageBit
{
    DigitalSignature = 0,
    ContentCommitment = 1,
    KeyEncipherment = 2,
    KeyAgreement = 4,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(CertificateProfile))]
internal sealed partial class ProfileJson : JsonSerializerContext;
