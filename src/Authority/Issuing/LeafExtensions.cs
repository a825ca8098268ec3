using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Keys;
using Evercard.Authority.Profiles;

namespace Evercard.Authority.Issuing;

/// <summary>Makes the extensions of an end-entity certificate as its profile says.</summary>
internal sealed class LeafExtensions(Publication publication, string upnDomain)
{
    public string UpnDomain => upnDomain;

    public IEnumerable<X509Extension> For(CertificateOrder order, CertificateProfile profile, SubjectPublicKey key, IssuerIdentity issuer)
    {
        yield return new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true);
        yield return X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuer.KeyIdentifier.Span);
        yield return new X509SubjectKeyIdentifierExtension(key.Identifier, critical: false);
        yield return KeyUsage(profile);
        if (profile.ExtendedKeyUsage.Count > 0)
            yield return ExtendedKeyUsage(profile);
        if (profile.SubjectAlternativeNames.Count > 0)
            yield return AlternativeNames(order, profile);
        if (profile.CertificatePolicies.Count > 0)
            yield return Policies(profile);
        if (profile.CrlDistributionPoint)
            yield return CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([publication.CrlOf(profile.Issuer)]);
        if (profile.AuthorityInformationAccess)
            yield return new X509AuthorityInformationAccessExtension(ocspUris: null, [publication.CertificateOf(profile.Issuer)]);
    }

    private static X509Extension KeyUsage(CertificateProfile profile)
    {
        var flags = profile.KeyUsage.Aggregate(X509KeyUsageFlags.None, (sum, bit) => sum | bit switch
        {
            KeyUsageBit.DigitalSignature => X509KeyUsageFlags.DigitalSignature,
            KeyUsageBit.ContentCommitment => X509KeyUsageFlags.NonRepudiation,
            KeyUsageBit.KeyEncipherment => X509KeyUsageFlags.KeyEncipherment,
            KeyUsageBit.KeyAgreement => X509KeyUsageFlags.KeyAgreement,
            _ => throw new ArgumentOutOfRangeException(nameof(profile)),
        });
        return new X509KeyUsageExtension(flags, critical: true);
    }

    private static X509Extension ExtendedKeyUsage(CertificateProfile profile)
    {
        var oids = new OidCollection();
        foreach (var oid in profile.ExtendedKeyUsage)
            oids.Add(new Oid(oid, friendlyName: null));
        return new X509EnhancedKeyUsageExtension(oids, critical: false);
    }

    private X509Extension AlternativeNames(CertificateOrder order, CertificateProfile profile)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var kind in profile.SubjectAlternativeNames)
        {
            if (kind == AlternativeName.Upn)
                names.AddUserPrincipalName($"{order.SubjectSerialNumber}@{upnDomain}");
            else
                names.AddUri(new Uri($"urn:uuid:{order.CardUuid:D}"));
        }

        return names.Build(critical: false);
    }

    private static X509Extension Policies(CertificateProfile profile)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var oid in profile.CertificatePolicies)
            {
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(oid);
            }
        }

        return new X509Extension(Oids.CertificatePolicies, writer.Encode(), critical: false);
    }
}
