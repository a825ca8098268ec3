using System.Security.Cryptography;

namespace Evercard.Authority.Keys;

/// <summary>A signing key held in this process's memory.</summary>
internal sealed class SoftwareSigningKey : ISigningKey
{
    private readonly AsymmetricAlgorithm _key;

    // The framework does not promise that one key object may be used by two threads at once.
    private readonly Lock _turn = new();

    public SoftwareSigningKey(AsymmetricAlgorithm key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        Algorithm = SubjectPublicKey.Read(PublicKey).Algorithm ?? throw new ArgumentException("Not a kind of key that signs here.", nameof(key));
    }

    public KeyAlgorithm Algorithm { get; }

    public ReadOnlyMemory<byte> PublicKey { get; }

    public static AsymmetricAlgorithm Generate(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyAlgorithm.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        KeyAlgorithm.Rsa2048 => RSA.Create(2048),
        KeyAlgorithm.Rsa3072 => RSA.Create(3072),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var hash = SignatureScheme.For(Algorithm).Hash;
        lock (_turn)
        {
            return _key switch
            {
                ECDsa ecdsa => ecdsa.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence),
                RSA rsa => rsa.SignData(data, hash, RSASignaturePadding.Pkcs1),
                _ => throw new InvalidOperationException("Not a signing key."),
            };
        }
    }

    public void Dispose() => _key.Dispose();
}
