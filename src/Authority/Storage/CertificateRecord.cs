using Evercard.Authority.Issuing;

namespace Evercard.Authority.Storage;

/// <summary>The life of one certificate: prepared, issued, perhaps revoked. Rows are never deleted.</summary>
public sealed class CertificateRecord
{
    /// <summary>32 upper-case hexadecimal digits.</summary>
    public required string SerialNumber { get; init; }

    public required string OrderId { get; init; }

    /// <summary>SHA-256 over what was ordered: tells a repeated order from another one.</summary>
    public required byte[] OrderDigest { get; init; }

    public required string Profile { get; init; }

    /// <summary>Name of the issuing CA.</summary>
    public required string Issuer { get; init; }

    /// <summary>TBSCertificate, DER: what is signed, byte for byte.</summary>
    public required byte[] ToBeSigned { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>Last second of validity, as the to-be-signed bytes say.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>SHA-256 of the latest token; null once it was used. Two nodes that sign at once find out by it.</summary>
    public byte[]? TokenDigest { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    /// <summary>DER; null until issued.</summary>
    public byte[]? Certificate { get; set; }

    /// <summary>Compared when it is set, like the reason: of two that revoke at once, or of one that revokes and one that issues, the later one fails.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    public RevocationReason? RevocationReason { get; set; }

    /// <summary>Number of the first CRL made after notAfter that listed it: no later one needs to (RFC 5280, 3.3). Null before.</summary>
    public long? LastCrlNumber { get; set; }
}

/// <summary>The latest CRL of an issuer.</summary>
public sealed class CrlRecord
{
    public required string Issuer { get; init; }

    /// <summary>CRL number (RFC 5280, 5.2.3): 1, 2, 3 …</summary>
    public required long Number { get; set; }

    public required DateTimeOffset ThisUpdate { get; set; }

    public required DateTimeOffset NextUpdate { get; set; }

    /// <summary>CertificateList, DER.</summary>
    public required byte[] Crl { get; set; }
}
