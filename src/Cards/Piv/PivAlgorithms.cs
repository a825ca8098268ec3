namespace Evercard.Cards.Piv;

/// <summary>Lengths that follow from an algorithm identifier (SP 800-78-5, table 6-2).</summary>
public static class PivAlgorithms
{
    public static bool IsRsa(this PivAlgorithm algorithm) => algorithm is PivAlgorithm.Rsa2048 or PivAlgorithm.Rsa3072;

    public static bool IsElliptic(this PivAlgorithm algorithm) => algorithm is PivAlgorithm.P256 or PivAlgorithm.P384;

    public static bool IsAsymmetric(this PivAlgorithm algorithm) => algorithm.IsRsa() || algorithm.IsElliptic();

    /// <summary>Bytes of a symmetric key: 16, 24 or 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a symmetric algorithm.</exception>
    public static int KeyLength(this PivAlgorithm algorithm) => algorithm switch
    {
        PivAlgorithm.Aes128 => 16,
        PivAlgorithm.TripleDes or PivAlgorithm.Aes192 => 24,
        PivAlgorithm.Aes256 => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a symmetric algorithm."),
    };

    /// <summary>Bytes of a cipher block: 8 (3DES) or 16 (AES).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a symmetric algorithm.</exception>
    public static int BlockLength(this PivAlgorithm algorithm) => algorithm switch
    {
        PivAlgorithm.TripleDes => 8,
        PivAlgorithm.Aes128 or PivAlgorithm.Aes192 or PivAlgorithm.Aes256 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a symmetric algorithm."),
    };

    /// <summary>Bytes of an RSA modulus, or of one coordinate of an EC point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not an asymmetric algorithm.</exception>
    public static int FieldLength(this PivAlgorithm algorithm) => algorithm switch
    {
        PivAlgorithm.Rsa2048 => 256,
        PivAlgorithm.Rsa3072 => 384,
        PivAlgorithm.P256 => 32,
        PivAlgorithm.P384 => 48,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not an asymmetric algorithm."),
    };
}
