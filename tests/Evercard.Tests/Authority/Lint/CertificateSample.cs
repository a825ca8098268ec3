using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Lint;
using Evercard.Authority.Profiles;

namespace Evercard.Tests.Authority.Lint;

/// <summary>A good authentication certificate, part by part, for a test to break one thing in.</summary>
internal sealed class CertificateSample
{
    public const string UpnDomain = "cardholders.example";

    private static readonly CertificateOrder Order = Some.Order();
    public static readonly Publication Publication = new(new Uri("http://pki.evercard.example"));

    private byte[] _publicKey = [];

    public CertificateSample()
    {
        PublicKey = Order.PublicKey.ToArray();
    }

    public static CertificateProfile Profile { get; } = ProfileFile.LoadAll(folder: null)["authentication"];

    public static IssuerIdentity Issuer { get; } = new(
        new X500DistinguishedName("CN=Sample CA").RawData,
        Convert.FromHexString("00112233445566778899AABBCCDDEEFF00112233"),
        Some.NewP256(),
        SignatureScheme.For(KeyAlgorithm.P256),
        AuthorityFolder.Start.AddYears(-1),
        AuthorityFolder.Start.AddYears(3));

    public Action<AsnWriter> Version { get; set; } = writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            writer.WriteInteger(2);
    };

    public byte[] SerialNumber { get; set; } = ToBeSigned.NewSerialNumber();

    public byte[] SignatureAlgorithm { get; set; } = Issuer.Scheme.AlgorithmIdentifier;

    public byte[] IssuerName { get; set; } = Issuer.Name.ToArray();

    public DateTimeOffset NotBefore { get; set; } = AuthorityFolder.Start;

    public DateTimeOffset NotAfter { get; set; } = Order.NotAfter;

    /// <summary>notAfter as it stands there, where that is not the UTCTime of <c>NotAfter</c>; DER, or what claims to be.</summary>
    public byte[]? NotAfterDer { get; set; }

    public List<(string Oid, UniversalTagNumber Type, string Text)> Subject { get; } =
    [
        (Oids.CommonName, UniversalTagNumber.UTF8String, Order.CommonName),
        (Oids.SerialNumber, UniversalTagNumber.PrintableString, Order.SubjectSerialNumber),
    ];

    /// <summary>SubjectPublicKeyInfo; setting it makes the extensions anew, so that the key identifier fits.</summary>
    public byte[] PublicKey
    {
        get => _publicKey;
        set
        {
            _publicKey = value;
            Extensions = [.. new LeafExtensions(Publication, UpnDomain).For(Order, Profile, SubjectPublicKey.Read(value), Issuer)];
        }
    }

    public bool HasUniqueIdentifier { get; set; }

    public List<X509Extension> Extensions { get; private set; } = [];

    /// <summary>The extension that says critical FALSE in so many words; none in a good certificate.</summary>
    public string? SaysNotCritical { get; set; }

    public static byte[] GeneralizedTime(DateTimeOffset time)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteGeneralizedTime(time, omitFractionalSeconds: false);
        return writer.Encode();
    }

    public void Replace(string oid, Func<X509Extension, X509Extension> change)
    {
        var index = Extensions.FindIndex(extension => extension.Oid!.Value == oid);
        Extensions[index] = change(Extensions[index]);
    }

    public void Remove(string oid) => Extensions.RemoveAll(extension => extension.Oid!.Value == oid);

    /// <summary>Names of the rules that find something.</summary>
    public IEnumerable<string> Findings() => Messages().Select(finding => finding.Split(':')[0]);

    public IReadOnlyList<string> Messages() => Linter.Check(Encode(), Profile, Issuer, Publication, UpnDomain);

    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Version(writer);
            writer.WriteInteger(SerialNumber);
            writer.WriteEncodedValue(SignatureAlgorithm);
            writer.WriteEncodedValue(IssuerName);
            using (writer.PushSequence())
            {
                writer.WriteUtcTime(NotBefore, 2049);
                if (NotAfterDer is not null)
                    writer.WriteEncodedValue(NotAfterDer);
                else
                    writer.WriteUtcTime(NotAfter, 2049);
            }

            using (writer.PushSequence())
            {
                foreach (var (oid, type, text) in Subject)
                {
                    using (writer.PushSetOf())
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(oid);
                        writer.WriteCharacterString(type, text);
                    }
                }
            }

            writer.WriteEncodedValue(PublicKey);
            if (HasUniqueIdentifier)
                writer.WriteBitString([1, 2, 3], tag: new Asn1Tag(TagClass.ContextSpecific, 2));
            WriteExtensions(writer);
        }

        return writer.Encode();
    }

    private void WriteExtensions(AsnWriter writer)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
        using (writer.PushSequence())
        {
            foreach (var extension in Extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid!.Value!);
                    if (extension.Critical || extension.Oid.Value == SaysNotCritical)
                        writer.WriteBoolean(extension.Critical);
                    writer.WriteOctetString(extension.RawData);
                }
            }
        }
    }
}
