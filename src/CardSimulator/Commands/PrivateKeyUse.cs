using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Keys;

namespace Evercard.CardSimulator.Commands;

/// <summary>
/// Signature, RSA decryption and EC Diffie-Hellman (SP 800-73-5 part 2, appendix A.2 to A.5). More lenient than the standard in
/// one thing: an EC key signs a digest shorter than its field, because real clients send them.
/// </summary>
internal static class PrivateKeyUse
{
    /// <summary>SEQUENCE { SEQUENCE { id-sha256, NULL }, OCTET STRING of 32 bytes }, without those bytes.</summary>
    private static ReadOnlySpan<byte> DigestInfoSha256 => [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

    public static ResponseApdu Process(PivCard card, KeyReference reference, PivAlgorithm algorithm, IReadOnlyList<BerTlv> fields)
    {
        if (card.Image.Key(reference) is not { } key)
        {
            return ResponseApdu.Of(StatusWord.ReferencedDataNotFound);
        }

        if (key.Algorithm != algorithm)
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        // The empty 82 says what is asked for.
        if (BerTlv.Find(fields, GeneralAuthenticate.ResponseTag) is not { Length: 0 } || fields.Count != 2)
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        var challenge = BerTlv.Find(fields, GeneralAuthenticate.ChallengeTag);
        var point = BerTlv.Find(fields, GeneralAuthenticate.ExponentiationTag);
        var result = (challenge, point, reference, key.IsRsa) switch
        {
            ({ } block, _, _, true) => Raw(key, block.Span),
            ({ } digest, _, not KeyReference.KeyManagement, false) => Sign(key, digest.Span, card.Image.Model.Quirks.P384NeedsItsDigest),
            (_, { } other, KeyReference.KeyManagement, false) => Agree(key, other.Span),
            _ => null,
        };
        if (result is null)
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        card.Did(WorkKind.PrivateKeyOperation, key.Algorithm);
        return GeneralAuthenticate.Answer(GeneralAuthenticate.ResponseTag, result);
    }

    private static byte[]? Raw(CardKey key, ReadOnlySpan<byte> block)
    {
        if (block.Length != key.FieldSize)
        {
            return null;
        }

        using var rsa = key.OpenRsa();
        if (SignedSha256(block) is { } digest)
        {
            // The same number as below, ten times as fast: nearly everything that a card is asked for is this.
            return rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        return RsaPrivateOperation.Apply(rsa.ExportParameters(includePrivateParameters: true), block);
    }

    /// <returns>The digest, where the block is a SHA-256 digest in EMSA-PKCS1-v1_5 encoding (RFC 8017, 9.2); otherwise null.</returns>
    private static byte[]? SignedSha256(ReadOnlySpan<byte> block)
    {
        var padding = block[2..^(DigestInfoSha256.Length + SHA256.HashSizeInBytes + 1)];
        return block[0] == 0x00 && block[1] == 0x01 && !padding.ContainsAnyExcept((byte)0xFF) && block[2 + padding.Length] == 0x00
            && block[(3 + padding.Length)..^SHA256.HashSizeInBytes].SequenceEqual(DigestInfoSha256)
            ? block[^SHA256.HashSizeInBytes..].ToArray()
            : null;
    }

    // A digest shorter than the field is taken as the number that it is, as ECDSA has it. The standard pairs each curve with
    // one digest, but OpenSC passes on what it is given (SHA-256 to P-384, SHA-1 to P-256), and cards in use sign it.
    private static byte[]? Sign(CardKey key, ReadOnlySpan<byte> digest, bool wholeDigestOnly)
    {
        if (digest.IsEmpty || digest.Length > key.FieldSize
            || (wholeDigestOnly && key.Algorithm == PivAlgorithm.P384 && digest.Length != key.FieldSize))
        {
            return null;
        }

        using var ec = key.OpenEc();
        return ec.SignHash(digest.ToArray(), DSASignatureFormat.Rfc3279DerSequence);
    }

    private static byte[]? Agree(CardKey key, ReadOnlySpan<byte> point)
    {
        if (point.Length != 1 + (2 * key.FieldSize) || point[0] != 0x04)
        {
            return null;
        }

        try
        {
            using var ours = ECDiffieHellman.Create();
            ours.ImportPkcs8PrivateKey(key.Pkcs8, out _);
            using var theirs = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ours.ExportParameters(includePrivateParameters: false).Curve,
                Q = new ECPoint { X = point[1..(1 + key.FieldSize)].ToArray(), Y = point[(1 + key.FieldSize)..].ToArray() },
            });
            return ours.DeriveRawSecretAgreement(theirs.PublicKey);
        }
        catch (CryptographicException)
        {
            return null; // not a point of the curve
        }
    }
}
