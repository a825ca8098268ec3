using System.Formats.Asn1;
using System.Text;

namespace Evercard.Tests.Authority;

/// <summary>DER as indented text, one element a line; what looks like DER inside an OCTET STRING is opened too.</summary>
internal static class AsnText
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["2.5.4.3"] = "commonName",
        ["2.5.4.5"] = "serialNumber",
        ["2.5.4.10"] = "organizationName",
        ["2.5.29.14"] = "subjectKeyIdentifier",
        ["2.5.29.15"] = "keyUsage",
        ["2.5.29.17"] = "subjectAltName",
        ["2.5.29.19"] = "basicConstraints",
        ["2.5.29.20"] = "cRLNumber",
        ["2.5.29.21"] = "reasonCode",
        ["2.5.29.31"] = "cRLDistributionPoints",
        ["2.5.29.35"] = "authorityKeyIdentifier",
        ["2.5.29.37"] = "extKeyUsage",
        ["1.2.840.10045.2.1"] = "id-ecPublicKey",
        ["1.2.840.10045.3.1.7"] = "prime256v1",
        ["1.2.840.10045.4.3.2"] = "ecdsa-with-SHA256",
        ["1.3.6.1.4.1.311.20.2.2"] = "smartcardLogon",
        ["1.3.6.1.4.1.311.20.2.3"] = "userPrincipalName",
        ["1.3.6.1.5.2.3.4"] = "pkinit-KPClientAuth",
        ["1.3.6.1.5.5.7.1.1"] = "authorityInfoAccess",
        ["1.3.6.1.5.5.7.3.2"] = "clientAuth",
        ["1.3.6.1.5.5.7.48.2"] = "caIssuers",
    };

    public static string Of(ReadOnlyMemory<byte> der)
    {
        var text = new StringBuilder();
        Write(new AsnReader(der, AsnEncodingRules.DER), text, depth: 0);
        return text.ToString();
    }

    private static void Write(AsnReader reader, StringBuilder text, int depth)
    {
        while (reader.HasData)
        {
            var tag = reader.PeekTag();
            text.Append(' ', depth * 2);
            if (tag.IsConstructed)
            {
                text.Append(Name(tag)).Append('\n');
                Write(tag.HasSameClassAndValue(Asn1Tag.SetOf) ? reader.ReadSetOf() : reader.ReadSequence(tag), text, depth + 1);
            }
            else
            {
                WritePrimitive(reader, tag, text, depth);
            }
        }
    }

    private static void WritePrimitive(AsnReader reader, Asn1Tag tag, StringBuilder text, int depth)
    {
        var content = reader.PeekContentBytes();
        text.Append(Name(tag));
        if (tag == Asn1Tag.PrimitiveOctetString && TryOpen(content, out var inner))
        {
            text.Append('\n');
            Write(inner, text, depth + 1);
            reader.ReadOctetString();
            return;
        }

        text.Append(' ');
        if (tag == Asn1Tag.ObjectIdentifier)
        {
            var oid = reader.ReadObjectIdentifier();
            text.Append(Names.GetValueOrDefault(oid, oid));
        }
        else
        {
            reader.ReadEncodedValue();
            text.Append(IsText(tag) ? Encoding.UTF8.GetString(content.Span) : Convert.ToHexString(content.Span));
        }

        text.Append('\n');
    }

    private static bool IsText(Asn1Tag tag) => tag.TagClass == TagClass.ContextSpecific
        ? tag.TagValue == 6
        : (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            or UniversalTagNumber.UtcTime or UniversalTagNumber.GeneralizedTime or UniversalTagNumber.IA5String;

    private static string Name(Asn1Tag tag) => tag.TagClass == TagClass.ContextSpecific ? $"[{tag.TagValue}]" : tag.TagValue switch
    {
        (int)UniversalTagNumber.Sequence => "Sequence",
        (int)UniversalTagNumber.Set => "Set",
        var number => ((UniversalTagNumber)number).ToString(),
    };

    private static bool TryOpen(ReadOnlyMemory<byte> content, out AsnReader inner)
    {
        inner = new AsnReader(content, AsnEncodingRules.DER);
        // A key identifier, which may look like anything.
        if (content.Length == 20)
            return false;
        try
        {
            var whole = new AsnReader(content, AsnEncodingRules.DER);
            whole.ReadEncodedValue();
            return !whole.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
