using System.Formats.Asn1;

namespace Evercard.Authority.Issuing;

/// <summary>An extension as it stands in a certificate.</summary>
/// <param name="Oid">Its type.</param>
/// <param name="Critical">The flag, FALSE by default.</param>
/// <param name="Value">Content of the OCTET STRING.</param>
/// <param name="SaysNotCritical">FALSE is written down, which DER forbids.</param>
internal sealed record ExtensionField(string Oid, bool Critical, ReadOnlyMemory<byte> Value, bool SaysNotCritical);

/// <summary>A Time of the validity; <c>Tag</c> is UTCTime or GeneralizedTime, <c>Text</c> what it says, letter for letter.</summary>
internal sealed record TimeField(UniversalTagNumber Tag, string Text, DateTimeOffset At);

/// <summary>A TBSCertificate taken apart (RFC 5280, 4.1). Nothing is judged here: that is lint's business.</summary>
internal sealed class CertificateFields
{
    /// <summary>0 for v1, 2 for v3.</summary>
    public required int Version { get; init; }

    /// <summary>Content octets of the INTEGER.</summary>
    public required ReadOnlyMemory<byte> SerialNumber { get; init; }

    /// <summary>AlgorithmIdentifier, DER; so are Issuer and Subject (Name) and SubjectPublicKeyInfo.</summary>
    public required ReadOnlyMemory<byte> SignatureAlgorithm { get; init; }

    public required ReadOnlyMemory<byte> Issuer { get; init; }

    public required TimeField NotBefore { get; init; }

    public required TimeField NotAfter { get; init; }

    public required ReadOnlyMemory<byte> Subject { get; init; }

    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    public required bool HasUniqueIdentifier { get; init; }

    public required IReadOnlyList<ExtensionField> Extensions { get; init; }

    public ExtensionField? Extension(string oid) => Extensions.FirstOrDefault(extension => extension.Oid == oid);

    /// <exception cref="AsnContentException">Not a TBSCertificate in DER.</exception>
    public static CertificateFields Read(ReadOnlyMemory<byte> toBeSigned)
    {
        var outer = new AsnReader(toBeSigned, AsnEncodingRules.DER);
        var tbs = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        var version = 0;
        if (tbs.PeekTag().HasSameClassAndValue(Context(0)))
        {
            var wrapper = tbs.ReadSequence(Context(0));
            if (!wrapper.TryReadInt32(out version))
                throw new AsnContentException("The version is out of range.");
            wrapper.ThrowIfNotEmpty();
        }

        var serialNumber = tbs.ReadIntegerBytes();
        var algorithm = tbs.ReadEncodedValue();
        var issuer = tbs.ReadEncodedValue();
        var validity = tbs.ReadSequence();
        var notBefore = ReadTime(validity);
        var notAfter = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        var subject = tbs.ReadEncodedValue();
        var publicKey = tbs.ReadEncodedValue();

        var hasUniqueIdentifier = false;
        while (tbs.HasData && (tbs.PeekTag().HasSameClassAndValue(Context(1)) || tbs.PeekTag().HasSameClassAndValue(Context(2))))
        {
            hasUniqueIdentifier = true;
            tbs.ReadEncodedValue();
        }

        var extensions = tbs.HasData ? ReadExtensions(tbs) : [];
        tbs.ThrowIfNotEmpty();
        return new CertificateFields
        {
            Version = version,
            SerialNumber = serialNumber,
            SignatureAlgorithm = algorithm,
            Issuer = issuer,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Subject = subject,
            SubjectPublicKeyInfo = publicKey,
            HasUniqueIdentifier = hasUniqueIdentifier,
            Extensions = extensions,
        };
    }

    private static List<ExtensionField> ReadExtensions(AsnReader tbs)
    {
        var wrapper = tbs.ReadSequence(Context(3));
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        var extensions = new List<ExtensionField>();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var hasFlag = extension.PeekTag() == Asn1Tag.Boolean;
            var critical = hasFlag && extension.ReadBoolean();
            extensions.Add(new ExtensionField(oid, critical, extension.ReadOctetString(), hasFlag && !critical));
            extension.ThrowIfNotEmpty();
        }

        return extensions;
    }

    private static TimeField ReadTime(AsnReader validity)
    {
        var isUtc = validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime);
        var text = System.Text.Encoding.ASCII.GetString(validity.PeekContentBytes().Span);
        // RFC 5280, 4.1.2.5.1: YY of 50 and more is 19YY.
        return isUtc
            ? new TimeField(UniversalTagNumber.UtcTime, text, validity.ReadUtcTime(twoDigitYearMax: 2049))
            : new TimeField(UniversalTagNumber.GeneralizedTime, text, validity.ReadGeneralizedTime());
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
