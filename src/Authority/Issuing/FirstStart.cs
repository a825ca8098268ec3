using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Keys;

namespace Evercard.Authority.Issuing;

/// <summary>Makes the keys of an authority and the certificates of its CAs. Runs once in the life of a key folder.</summary>
internal static class FirstStart
{
    private const int RootYears = 20;
    private const int IssuingYears = 10;

    public static void Run(SoftwareKeyStore store, AuthorityOptions options, Publication publication, DateTimeOffset now)
    {
        _ = SignatureScheme.For(options.KeyAlgorithm);
        using var wrapping = RSA.Create(3072);
        store.Add(CertificateAuthority.WrappingKeyName, wrapping);

        using var rootKey = SoftwareSigningKey.Generate(options.KeyAlgorithm);
        var rootName = Name(options, "Root CA");
        var generator = Generator(rootKey);
        using var root = Request(rootName, rootKey, pathLength: 1)
            .Create(rootName, generator, now, now.AddYears(RootYears), ToBeSigned.NewSerialNumber());
        store.Add(CertificateAuthority.Root, rootKey);
        store.Add(CertificateAuthority.Root, root);

        AddIssuing(CertificateAuthority.Authentication, "Authentication CA");
        AddIssuing(CertificateAuthority.Signature, "Signature CA");

        void AddIssuing(string name, string commonName)
        {
            using var key = SoftwareSigningKey.Generate(options.KeyAlgorithm);
            var request = Request(Name(options, commonName), key, pathLength: 0);
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([publication.CrlOf(CertificateAuthority.Root)]));
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [publication.CertificateOf(CertificateAuthority.Root)]));
            using var certificate = request.Create(rootName, generator, now, now.AddYears(IssuingYears), ToBeSigned.NewSerialNumber());
            store.Add(name, key);
            store.Add(name, certificate);
        }
    }

    private static CertificateRequest Request(X500DistinguishedName name, AsymmetricAlgorithm key, int pathLength)
    {
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var request = new CertificateRequest(name, PublicKey.CreateFromSubjectPublicKeyInfo(publicKey, out _), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLength, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(SubjectPublicKey.Read(publicKey).Identifier, critical: false));
        return request;
    }

    // The signing key is not disposed of here: that would dispose of the key that it borrows.
    private static SigningKeyGenerator Generator(AsymmetricAlgorithm key)
    {
        var signing = new SoftwareSigningKey(key);
        return new SigningKeyGenerator(signing.PublicKey, SignatureScheme.For(signing.Algorithm), data => signing.Sign(data));
    }

    private static X500DistinguishedName Name(AuthorityOptions options, string commonName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName($"{options.Organisation} {commonName}");
        name.AddOrganizationName(options.Organisation);
        return name.Build();
    }
}
