using System.Security.Cryptography;
using Evercard.Authority.Issuing;

namespace Evercard.Tests.Authority;

/// <summary>Orders and keys that are in order.</summary>
internal static class Some
{
    public static readonly Guid CardUuid = new("0f0e0d0c-0b0a-4908-8706-050403020100");

    private static readonly Lazy<byte[]> RsaPublicKey = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfo();
    });

    public static byte[] Rsa2048 => RsaPublicKey.Value;

    public static byte[] NewP256() => NewEc(ECCurve.NamedCurves.nistP256);

    public static byte[] NewEc(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportSubjectPublicKeyInfo();
    }

    public static CertificateOrder Order(string profile = "authentication", byte[]? publicKey = null) => new(
        Guid.NewGuid().ToString("N"),
        profile,
        "Thandiwe Okafor",
        "555012345678",
        CardUuid,
        publicKey ?? NewP256(),
        AuthorityFolder.Start.AddDays(730));
}
