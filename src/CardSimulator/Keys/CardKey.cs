using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Keys;

/// <summary>A private key on the card.</summary>
/// <param name="Algorithm">RSA-2048, RSA-3072, P-256 or P-384.</param>
/// <param name="Pkcs8">PrivateKeyInfo, DER, not encrypted: the file of a simulated card is its chip.</param>
public sealed record CardKey(PivAlgorithm Algorithm, byte[] Pkcs8)
{
    private const int ModulusTag = 0x81;
    private const int ExponentTag = 0x82;
    private const int PointTag = 0x86;

    public static CardKey Generate(PivAlgorithm algorithm)
    {
        using AsymmetricAlgorithm key = algorithm switch
        {
            PivAlgorithm.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            PivAlgorithm.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            PivAlgorithm.Rsa2048 => RSA.Create(2048),
            PivAlgorithm.Rsa3072 => RSA.Create(3072),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No asymmetric algorithm."),
        };
        return new(algorithm, key.ExportPkcs8PrivateKey());
    }

    public bool IsRsa => Algorithm is PivAlgorithm.Rsa2048 or PivAlgorithm.Rsa3072;

    /// <summary>Bytes in an RSA modulus, or in a coordinate of an EC point.</summary>
    public int FieldSize => Algorithm switch
    {
        PivAlgorithm.P256 => 32,
        PivAlgorithm.P384 => 48,
        PivAlgorithm.Rsa2048 => 256,
        _ => 384,
    };

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public byte[] SubjectPublicKeyInfo()
    {
        using AsymmetricAlgorithm key = IsRsa ? OpenRsa() : OpenEc();
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The public key as GENERATE ASYMMETRIC KEY PAIR answers it, inside 7F49 (SP 800-73-5 part 2, table 11).</summary>
    public byte[] PublicKeyObjects()
    {
        if (IsRsa)
        {
            using var rsa = OpenRsa();
            var parts = rsa.ExportParameters(includePrivateParameters: false);
            return [.. BerTlv.Encode(ModulusTag, parts.Modulus), .. BerTlv.Encode(ExponentTag, parts.Exponent)];
        }

        using var ec = OpenEc();
        var point = ec.ExportParameters(includePrivateParameters: false).Q;
        return BerTlv.Encode(PointTag, [0x04, .. point.X!, .. point.Y!]);
    }

    /// <summary>Whether this is a private key of its algorithm, with which every operation ends in a result.</summary>
    internal bool IsWhole()
    {
        try
        {
            if (Algorithm.IsElliptic())
            {
                using var ec = OpenEc();
                return ec.KeySize == 8 * FieldSize;
            }

            using var rsa = IsRsa ? OpenRsa() : null;
            return rsa?.KeySize == 8 * FieldSize && RsaPrivateOperation.IsWhole(rsa.ExportParameters(includePrivateParameters: true));
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false; // no key, or on a curve that nobody knows
        }
    }

    internal RSA OpenRsa()
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Pkcs8, out _);
        return rsa;
    }

    internal ECDsa OpenEc()
    {
        var ec = ECDsa.Create();
        ec.ImportPkcs8PrivateKey(Pkcs8, out _);
        return ec;
    }

    public override string ToString() => Algorithm.ToString();
}
