using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Keys;

/// <summary>The card application administration key 9B.</summary>
/// <param name="Algorithm">3DES or AES.</param>
/// <param name="Value">24 bytes for 3DES; 16, 24 or 32 for AES.</param>
public sealed record StoredAdministrationKey(PivAlgorithm Algorithm, byte[] Value)
{
    /// <summary>Bytes in a block: of a witness, of a challenge, of an answer.</summary>
    [JsonIgnore]
    public int BlockSize => Algorithm == PivAlgorithm.TripleDes ? 8 : 16;

    /// <summary>True where this is the key that every card of the family leaves the factory with.</summary>
    [JsonIgnore]
    public bool IsFactory => CryptographicOperations.FixedTimeEquals(Value, Factory(Algorithm).Value);

    /// <summary>True for a 3DES key that shrinks to a weak single DES key, which encrypts and decrypts alike: real cards refuse it too.</summary>
    [JsonIgnore]
    public bool IsUnusable => Algorithm == PivAlgorithm.TripleDes && TripleDES.IsWeakKey(Value) && (IsWeak(Value[..8]) || IsWeak(Value[16..]));

    /// <summary>Bytes in a key, or null for an algorithm that 9B cannot have.</summary>
    public static int? KeySize(PivAlgorithm algorithm) => algorithm switch
    {
        PivAlgorithm.TripleDes or PivAlgorithm.Aes192 => 24,
        PivAlgorithm.Aes128 => 16,
        PivAlgorithm.Aes256 => 32,
        _ => null,
    };

    /// <summary>0102030405060708 again and again.</summary>
    public static StoredAdministrationKey Factory(PivAlgorithm algorithm)
    {
        var size = KeySize(algorithm) ?? throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "9B is 3DES or AES.");
        return new(algorithm, [.. Enumerable.Range(0, size).Select(i => (byte)((i % 8) + 1))]);
    }

    /// <summary>One block, encrypted.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> block)
    {
        using var cipher = Cipher();
        return cipher.EncryptEcb(block, PaddingMode.None);
    }

    public override string ToString() => $"9B {Algorithm}";

    private SymmetricAlgorithm Cipher()
    {
        if (Algorithm != PivAlgorithm.TripleDes)
        {
            var aes = Aes.Create();
            aes.Key = Value;
            return aes;
        }

        if (!TripleDES.IsWeakKey(Value))
        {
            var tripleDes = TripleDES.Create();
            tripleDes.Key = Value;
            return tripleDes;
        }

        // TripleDES refuses keys with two equal parts, the factory key among them. Equal neighbours cancel out in
        // encrypt-decrypt-encrypt, which leaves single DES with the part that remains.
        var des = DES.Create();
        des.Key = SameButForParity(Value.AsSpan(0, 8), Value.AsSpan(8, 8)) ? Value[16..] : Value[..8];
        return des;
    }

    private static bool IsWeak(byte[] key) => DES.IsWeakKey(key) || DES.IsSemiWeakKey(key);

    private static bool SameButForParity(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (((one[i] ^ other[i]) & 0xFE) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
