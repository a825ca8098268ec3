using System.Formats.Asn1;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Profiles;

namespace Evercard.Authority.Lint;

/// <summary>A to-be-signed certificate with all that it is judged by.</summary>
internal sealed class LintSubject
{
    /// <exception cref="AsnContentException">The bytes, or the key in them, are not what they claim to be.</exception>
    public LintSubject(ReadOnlyMemory<byte> toBeSigned, CertificateProfile profile, IssuerIdentity issuer, Publication publication, string upnDomain)
    {
        ToBeSigned = toBeSigned;
        Profile = profile;
        Issuer = issuer;
        Publication = publication;
        UpnDomain = upnDomain;
        Fields = CertificateFields.Read(toBeSigned);
        Key = SubjectPublicKey.Read(Fields.SubjectPublicKeyInfo);
        Subject = SubjectName.Read(Fields.Subject);
    }

    /// <summary>DER.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    public CertificateFields Fields { get; }

    public SubjectPublicKey Key { get; }

    /// <summary>The attributes of the subject, in order.</summary>
    public IReadOnlyList<NameAttribute> Subject { get; }

    public CertificateProfile Profile { get; }

    public IssuerIdentity Issuer { get; }

    /// <summary>The addresses that the certificate must carry.</summary>
    public Publication Publication { get; }

    public string UpnDomain { get; }
}

/// <summary>One attribute of a Name: its type, its string type and its text.</summary>
internal sealed record NameAttribute(string Oid, UniversalTagNumber StringType, string Text);

internal static class SubjectName
{
    /// <exception cref="AsnContentException">Not a Name of single-valued RDNs with string values.</exception>
    public static IReadOnlyList<NameAttribute> Read(ReadOnlyMemory<byte> name)
    {
        var attributes = new List<NameAttribute>();
        var rdns = new AsnReader(name, AsnEncodingRules.DER).ReadSequence();
        while (rdns.HasData)
        {
            var rdn = rdns.ReadSetOf();
            var attribute = rdn.ReadSequence();
            rdn.ThrowIfNotEmpty();
            var oid = attribute.ReadObjectIdentifier();
            var type = (UniversalTagNumber)attribute.PeekTag().TagValue;
            attributes.Add(new NameAttribute(oid, type, attribute.ReadCharacterString(type)));
            attribute.ThrowIfNotEmpty();
        }

        return attributes;
    }
}
