namespace Evercard.Cards.Piv;

/// <summary>What the card is given to sign: it pads and hashes nothing itself (SP 800-73-5 part 1, 4.1 and appendix A.4 of part 2).</summary>
public static class SignatureInput
{
    /// <summary>DigestInfo of a SHA-256 digest up to the digest itself (RFC 8017, 9.2, note 1).</summary>
    private static readonly byte[] Sha256DigestInfo =
        [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

    /// <summary>The block for GENERAL AUTHENTICATE.</summary>
    /// <param name="algorithm">Algorithm of the key.</param>
    /// <param name="digest">SHA-256 (32 bytes); SHA-384 (48 bytes) for P-384.</param>
    /// <returns>EC: the digest. RSA: EMSA-PKCS1-v1_5 of the modulus's length (RFC 8017, 9.2).</returns>
    /// <exception cref="ArgumentException">The digest does not fit the key.</exception>
    public static byte[] For(PivAlgorithm algorithm, byte[] digest)
    {
        if (digest.Length != (algorithm == PivAlgorithm.P384 ? 48 : 32))
        {
            throw new ArgumentException("The digest does not fit the key.", nameof(digest));
        }

        if (!algorithm.IsRsa())
        {
            return algorithm.IsElliptic() ? [.. digest] : throw new ArgumentException("This key does not sign.", nameof(algorithm));
        }

        var block = new byte[algorithm.FieldLength()];
        block.AsSpan().Fill(0xFF);
        (block[0], block[1]) = (0x00, 0x01);
        var end = block.AsSpan(block.Length - digest.Length);
        digest.CopyTo(end);
        var info = block.AsSpan(block.Length - digest.Length - Sha256DigestInfo.Length);
        Sha256DigestInfo.CopyTo(info);
        block[block.Length - digest.Length - Sha256DigestInfo.Length - 1] = 0x00;
        return block;
    }
}
