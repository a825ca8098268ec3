using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Evercard.Authority.Keys;

/// <summary>A SubjectPublicKeyInfo taken apart (RFC 5280, 4.1.2.7). Nothing is judged here: that is lint's business.</summary>
internal sealed class SubjectPublicKey
{
    public const string EcOid = "1.2.840.10045.2.1";
    public const string RsaOid = "1.2.840.113549.1.1.1";
    public const string P256Oid = "1.2.840.10045.3.1.7";
    public const string P384Oid = "1.3.132.0.34";

    private SubjectPublicKey(byte[] bits) => Bits = bits;

    /// <summary>Content of the BIT STRING.</summary>
    public byte[] Bits { get; }

    /// <summary>Null for a kind of key that is not known here.</summary>
    public KeyAlgorithm? Algorithm { get; private init; }

    /// <summary>RSA; zero otherwise.</summary>
    public BigInteger Modulus { get; private init; }

    /// <summary>RSA; zero otherwise.</summary>
    public BigInteger Exponent { get; private init; }

    public bool IsRsa { get; private init; }

    /// <summary>RSA of a size that is known here, so positive and bounded. The rules on its numbers look at no other: their cost has a limit.</summary>
    public bool IsKnownRsa => Algorithm is KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072;

    /// <summary>Key identifier: the leftmost 160 bits of SHA-256 over the key's bits (RFC 7093, 2, method 1).</summary>
    public byte[] Identifier => SHA256.HashData(Bits)[..20];

    /// <exception cref="AsnContentException">Not a SubjectPublicKeyInfo in DER.</exception>
    public static SubjectPublicKey Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var bits = info.ReadBitString(out var unused);
        info.ThrowIfNotEmpty();
        if (unused != 0)
            throw new AsnContentException("The public key is not whole bytes.");

        return oid switch
        {
            EcOid => new SubjectPublicKey(bits) { Algorithm = Curve(algorithm) },
            RsaOid => ReadRsa(bits),
            _ => new SubjectPublicKey(bits),
        };
    }

    private static KeyAlgorithm? Curve(AsnReader algorithm)
    {
        // RFC 5480, 2.1.1: a named curve, nothing else.
        return algorithm.ReadObjectIdentifier() switch
        {
            P256Oid => KeyAlgorithm.P256,
            P384Oid => KeyAlgorithm.P384,
            _ => null,
        };
    }

    private static SubjectPublicKey ReadRsa(byte[] bits)
    {
        var outer = new AsnReader(bits, AsnEncodingRules.DER);
        var key = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var modulus = key.ReadInteger();
        var exponent = key.ReadInteger();
        key.ThrowIfNotEmpty();
        return new SubjectPublicKey(bits)
        {
            IsRsa = true,
            Modulus = modulus,
            Exponent = exponent,
            Algorithm = modulus.Sign <= 0 ? null : modulus.GetBitLength() switch
            {
                2048 => KeyAlgorithm.Rsa2048,
                3072 => KeyAlgorithm.Rsa3072,
                _ => null,
            },
        };
    }
}
