using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Keys;

namespace Evercard.Authority.Issuing;

/// <summary>A CA of ours: its name here, its certificate, its key.</summary>
internal sealed class Issuer : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly ISigningKey _key;

    public Issuer(string name, X509Certificate2 certificate, ISigningKey key)
    {
        _certificate = certificate;
        _key = key;
        Name = name;
        Certificate = certificate.RawData;
        Scheme = SignatureScheme.For(key.Algorithm);
        Identity = new IssuerIdentity(
            certificate.SubjectName.RawData,
            certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifierBytes,
            certificate.PublicKey.ExportSubjectPublicKeyInfo(),
            Scheme,
            new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }

    /// <summary>"root", "authentication" or "signature".</summary>
    public string Name { get; }

    /// <summary>DER.</summary>
    public ReadOnlyMemory<byte> Certificate { get; }

    public SignatureScheme Scheme { get; }

    public IssuerIdentity Identity { get; }

    public X500DistinguishedName Subject => _certificate.SubjectName;

    public X509SignatureGenerator Generator => new SigningKeyGenerator(Identity.PublicKey, Scheme, data => Sign(data));

    /// <exception cref="AuthorityUnavailableException">The signing key gives no answer.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        try
        {
            return _key.Sign(data);
        }
        catch (Exception e)
        {
            throw new AuthorityUnavailableException($"The signing key \"{Name}\" gives no answer.", e);
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        _certificate.Dispose();
    }
}

/// <summary>What a certificate must agree with in its issuer's.</summary>
/// <param name="Name">Subject of the issuer, DER.</param>
/// <param name="KeyIdentifier">The issuer's subject key identifier.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER.</param>
/// <param name="Scheme">How it signs.</param>
internal sealed record IssuerIdentity(
    ReadOnlyMemory<byte> Name,
    ReadOnlyMemory<byte> KeyIdentifier,
    ReadOnlyMemory<byte> PublicKey,
    SignatureScheme Scheme,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter);
