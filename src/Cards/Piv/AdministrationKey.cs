using System.Security.Cryptography;

namespace Evercard.Cards.Piv;

/// <summary>
/// The card application administration key 9B and what is computed with it (SP 800-73-5 part 2, appendix A.1). Lives at
/// the server, never at the agent. The bytes are zeroed on dispose.
/// </summary>
public sealed class AdministrationKey : IDisposable
{
    private const int DesKeyLength = 8;

    private readonly byte[] key;
    private bool disposed;

    /// <param name="algorithm">3DES or AES.</param>
    /// <param name="key">16, 24 or 32 bytes, as the algorithm asks; copied.</param>
    /// <exception cref="ArgumentException">The key does not fit the algorithm.</exception>
    public AdministrationKey(PivAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        if (key.Length != algorithm.KeyLength())
        {
            throw new ArgumentException("The key does not fit the algorithm.", nameof(key));
        }

        Algorithm = algorithm;
        this.key = key.ToArray();
    }

    public PivAlgorithm Algorithm { get; }

    /// <summary>The key itself, for wrapping it and for setting it on a card.</summary>
    /// <exception cref="ObjectDisposedException">The key was zeroed.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return key;
        }
    }

    /// <summary>The key that cards leave many factories with: 0102030405060708 three times.</summary>
    public static AdministrationKey Factory()
    {
        byte[] part = [1, 2, 3, 4, 5, 6, 7, 8];
        return new AdministrationKey(PivAlgorithm.TripleDes, [.. part, .. part, .. part]);
    }

    /// <summary>A new random key; for 3DES none that cards or .NET refuse as weak.</summary>
    public static AdministrationKey Random(PivAlgorithm algorithm)
    {
        Span<byte> bytes = stackalloc byte[algorithm.KeyLength()];
        do
        {
            RandomNumberGenerator.Fill(bytes);
            if (algorithm == PivAlgorithm.TripleDes)
            {
                SetOddParity(bytes);
            }
        }
        while (algorithm == PivAlgorithm.TripleDes && IsWeakTripleDes(bytes));

        var random = new AdministrationKey(algorithm, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return random;
    }

    /// <summary>Mutual authentication: the answer to the card's witness.</summary>
    /// <param name="witness">One cipher block.</param>
    /// <exception cref="ArgumentException">Not one cipher block.</exception>
    public byte[] DecryptWitness(ReadOnlySpan<byte> witness) => OneBlock(witness, encrypt: false);

    /// <summary>What a card with this key answers to a challenge; also our answer in single authentication.</summary>
    /// <param name="challenge">One cipher block.</param>
    /// <exception cref="ArgumentException">Not one cipher block.</exception>
    public byte[] EncryptChallenge(ReadOnlySpan<byte> challenge) => OneBlock(challenge, encrypt: true);

    /// <summary>Whether the card knows the key: its answer is the encrypted challenge. Takes the same time for every answer.</summary>
    public bool IsAnswerTo(ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> answer) =>
        CryptographicOperations.FixedTimeEquals(EncryptChallenge(challenge), answer);

    public void Dispose()
    {
        disposed = true;
        CryptographicOperations.ZeroMemory(key);
    }

    public override string ToString() => $"9B {Algorithm}";

    private byte[] OneBlock(ReadOnlySpan<byte> block, bool encrypt)
    {
        if (block.Length != Algorithm.BlockLength())
        {
            throw new ArgumentException("Not one cipher block.", nameof(block));
        }

        ObjectDisposedException.ThrowIf(disposed, this);
        using var cipher = Cipher();
        return encrypt ? cipher.EncryptEcb(block, PaddingMode.None) : cipher.DecryptEcb(block, PaddingMode.None);
    }

    private SymmetricAlgorithm Cipher()
    {
        if (Algorithm != PivAlgorithm.TripleDes)
        {
            var aes = Aes.Create();
            aes.SetKey(key);
            return aes;
        }

        // .NET refuses 3DES keys with equal neighbours, such as the factory key. Encrypt-decrypt-encrypt then cancels
        // out to single DES with the part that is left.
        var first = key.AsSpan(0, DesKeyLength);
        var second = key.AsSpan(DesKeyLength, DesKeyLength);
        var third = key.AsSpan(2 * DesKeyLength);
        if (AreSameDesKey(first, second))
        {
            return SingleDes(third);
        }

        if (AreSameDesKey(second, third))
        {
            return SingleDes(first);
        }

        var tripleDes = TripleDES.Create();
        tripleDes.SetKey(key);
        return tripleDes;
    }

    private static DES SingleDes(ReadOnlySpan<byte> part)
    {
        var des = DES.Create();
        des.SetKey(part);
        return des;
    }

    /// <summary>The lowest bit of each byte is parity and takes no part.</summary>
    private static bool AreSameDesKey(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var difference = 0;
        for (var i = 0; i < DesKeyLength; i++)
        {
            difference |= (one[i] ^ other[i]) & 0xFE;
        }

        return difference == 0;
    }

    private static bool IsWeakTripleDes(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[..DesKeyLength];
        var second = bytes.Slice(DesKeyLength, DesKeyLength);
        var third = bytes[(2 * DesKeyLength)..];
        var weak = AreSameDesKey(first, second) || AreSameDesKey(second, third) || AreSameDesKey(first, third);
        for (var at = 0; at < bytes.Length; at += DesKeyLength)
        {
            var part = bytes.Slice(at, DesKeyLength).ToArray();
            weak |= DES.IsWeakKey(part) || DES.IsSemiWeakKey(part);
            CryptographicOperations.ZeroMemory(part);
        }

        return weak;
    }

    private static void SetOddParity(Span<byte> bytes)
    {
        foreach (ref var one in bytes)
        {
            var upper = one & 0xFE;
            one = (byte)(upper | ((System.Numerics.BitOperations.PopCount((uint)upper) & 1) ^ 1));
        }
    }
}
