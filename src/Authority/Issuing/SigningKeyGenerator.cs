using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Keys;

namespace Evercard.Authority.Issuing;

/// <summary>Lets the framework's CRL and certificate builders sign with a key of ours. The hash is the key's own.</summary>
internal sealed class SigningKeyGenerator(ReadOnlyMemory<byte> publicKey, SignatureScheme scheme, Func<byte[], byte[]> sign) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => scheme.AlgorithmIdentifier;

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => sign(data);

    protected override PublicKey BuildPublicKey() =>
        System.Security.Cryptography.X509Certificates.PublicKey.CreateFromSubjectPublicKeyInfo(publicKey.Span, out _);
}
