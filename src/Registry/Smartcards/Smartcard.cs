namespace Evercard.Registry.Smartcards;

public enum SmartcardStatus
{
    /// <summary>Being issued: no credentials yet.</summary>
    Issuing,
    InUse,
    Cancelled,
}

/// <summary>A smartcard that was issued or adopted here.</summary>
public sealed class Smartcard
{
    /// <summary>The GUID in the card's CHUID: a hint of identity, which 9B confirms.</summary>
    public required Guid Id { get; init; }

    /// <summary>Printed on the card, e.g. "0412 7731".</summary>
    public required string SerialNumber { get; set; }

    public required string PersonUuid { get; init; }

    public SmartcardStatus Status { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>Why it was cancelled, in words that follow "because".</summary>
    public string? CancelledBecause { get; set; }

    /// <summary>Name of the card driver.</summary>
    public required string Driver { get; init; }

    /// <summary>The CHUID as it stands on the card; never rewritten by an act.</summary>
    public required byte[] Chuid { get; init; }

    /// <summary>The card's own expiry (CHUID): no certificate outlives it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Algorithm identifier of 9B (SP 800-78-5).</summary>
    public required byte AdministrationAlgorithm { get; set; }

    /// <summary>9B, wrapped by the key store.</summary>
    public required byte[] WrappedAdministrationKey { get; set; }

    /// <summary>A new 9B, recorded before it is sent; null where none is under way.</summary>
    public byte[]? WrappedNextAdministrationKey { get; set; }

    /// <summary>PUK, wrapped by the key store; null on an adopted card whose PUK nobody told.</summary>
    public byte[]? WrappedPuk { get; set; }

    /// <summary>A new PUK, recorded before it is sent; null where none is under way.</summary>
    public byte[]? WrappedNextPuk { get; set; }

    /// <summary>The PUK was sent to a computer and is not known to have been replaced since.</summary>
    public bool PukExposed { get; set; }
}

public enum CredentialStatus
{
    /// <summary>On the card and valid (or expired by the calendar alone).</summary>
    Current,

    /// <summary>A proven successor took its place.</summary>
    Superseded,

    Revoked,
}

/// <summary>Where a public key is known to come from.</summary>
public enum KeyOrigin
{
    /// <summary>The agent's word and a proof: nothing shows that the key was made inside a card.</summary>
    Unproven,

    /// <summary>Answered through a channel that only the card can build.</summary>
    SecureChannel,

    /// <summary>The card attested it.</summary>
    Attested,
}

/// <summary>One key of a card with its certificate.</summary>
public sealed class Credential
{
    public required Guid Id { get; init; }

    public required Guid SmartcardId { get; init; }

    /// <summary>9A or 9C.</summary>
    public required byte KeyReference { get; init; }

    /// <summary>Algorithm identifier of the key (SP 800-78-5).</summary>
    public required byte Algorithm { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    public required KeyOrigin Origin { get; init; }

    /// <summary>Serial number of the certificate, upper-case hexadecimal.</summary>
    public required string CertificateSerialNumber { get; init; }

    /// <summary>The certificate, DER.</summary>
    public required byte[] Certificate { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public CredentialStatus Status { get; set; }

    /// <summary>The operation that made it.</summary>
    public required Guid OperationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
