namespace Evercard.Authority.Keys;

/// <summary>
/// A private key of the authority. The keys themselves are software: an encrypted file, held in this process's memory while the authority is open.
/// Others stand in front of one, by <c>AuthorityOptions.Through</c>, to count its signatures or to let it fail. There is no HSM behind it yet. Safe to use from several threads.
/// </summary>
public interface ISigningKey : IDisposable
{
    KeyAlgorithm Algorithm { get; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>
    /// Signs with the hash that fits the key: SHA-256, or SHA-384 for P-384.
    /// Returns the value of a certificate's signature field: Ecdsa-Sig-Value (RFC 3279, 2.2.3), or PKCS #1 v1.5.
    /// </summary>
    /// <exception cref="Exception">Any exception means that the signer gives no answer.</exception>
    byte[] Sign(ReadOnlySpan<byte> data);
}
