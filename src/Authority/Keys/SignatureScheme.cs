using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Evercard.Authority.Keys;

/// <summary>How a key of the authority signs: one scheme for each kind of key, with a hash of SHA-256 or better.</summary>
internal sealed class SignatureScheme
{
    private static readonly SignatureScheme P256 = new(KeyAlgorithm.P256, "1.2.840.10045.4.3.2", HashAlgorithmName.SHA256, longestSignature: 72);
    private static readonly SignatureScheme P384 = new(KeyAlgorithm.P384, "1.2.840.10045.4.3.3", HashAlgorithmName.SHA384, longestSignature: 104);
    private static readonly SignatureScheme Rsa = new(KeyAlgorithm.Rsa3072, "1.2.840.113549.1.1.11", HashAlgorithmName.SHA256, longestSignature: 384);

    private SignatureScheme(KeyAlgorithm key, string oid, HashAlgorithmName hash, int longestSignature)
    {
        Key = key;
        Hash = hash;
        LongestSignature = longestSignature;

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            // RFC 4055, 5: NULL for PKCS #1 v1.5; RFC 5758, 3.2: nothing for ECDSA.
            if (key == KeyAlgorithm.Rsa3072)
                writer.WriteNull();
        }

        AlgorithmIdentifier = writer.Encode();
    }

    public KeyAlgorithm Key { get; }

    public HashAlgorithmName Hash { get; }

    /// <summary>DER.</summary>
    public byte[] AlgorithmIdentifier { get; }

    /// <summary>Bytes of the longest signature value.</summary>
    public int LongestSignature { get; }

    /// <exception cref="ArgumentOutOfRangeException">RSA-2048: too short for an authority.</exception>
    public static SignatureScheme For(KeyAlgorithm key) => key switch
    {
        KeyAlgorithm.P256 => P256,
        KeyAlgorithm.P384 => P384,
        KeyAlgorithm.Rsa3072 => Rsa,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "An authority signs with P-256, P-384 or RSA-3072."),
    };

    /// <summary>Does the signature verify under this SubjectPublicKeyInfo?</summary>
    public bool Verifies(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (Key == KeyAlgorithm.Rsa3072)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return rsa.VerifyData(data, signature, Hash, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        return ecdsa.VerifyData(data, signature, Hash, DSASignatureFormat.Rfc3279DerSequence);
    }
}
