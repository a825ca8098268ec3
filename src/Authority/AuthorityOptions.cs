using Evercard.Authority.Keys;

namespace Evercard.Authority;

/// <summary>How an authority is set up. What is said of certificates holds for those made from now on.</summary>
public sealed class AuthorityOptions
{
    /// <summary>Folder of the software key store; made if absent.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>File whose first line is the key store's pass phrase, 12 characters or more. On Unix it must be closed to other users (0600).</summary>
    public required string PassPhraseFile { get; init; }

    /// <summary>Where CRLs and CA certificates are published: plain http (RFC 5280, 8). Goes into every certificate.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Kind of the CA keys: P-256, P-384 or RSA-3072. Counts at the first start only.</summary>
    public KeyAlgorithm KeyAlgorithm { get; init; } = KeyAlgorithm.P256;

    /// <summary>Name in the CAs' subjects. Counts at the first start only.</summary>
    public string Organisation { get; init; } = "Evercard";

    /// <summary>What follows the @ in the UPN.</summary>
    public string UpnDomain { get; init; } = "cardholders.example";

    /// <summary>Folder of profiles (authentication.json, signature.json) in place of the built-in ones; null for these.</summary>
    public string? ProfileFolder { get; init; }

    /// <summary>nextUpdate minus thisUpdate of a CRL.</summary>
    public TimeSpan CrlLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Stands in front of each software signing key that the authority uses; for a fault switch or a counter. Not a way to bring a key of one's own.</summary>
    public Func<ISigningKey, ISigningKey> Through { get; init; } = key => key;
}
