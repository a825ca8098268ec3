using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

/// <summary>Reads every element, those inside extensions too, by the rules of DER (X.690, 10 and 11).</summary>
internal static class DerEncoding
{
    /// <summary>A certificate of ours is eight deep at most. Bytes that nest without end must not use up the stack.</summary>
    private const int Deepest = 16;

    public static string? Check(LintSubject subject)
    {
        try
        {
            Walk(subject.ToBeSigned);
            foreach (var extension in subject.Fields.Extensions)
                Walk(extension.Value);
            return null;
        }
        catch (AsnContentException e)
        {
            return e.Message;
        }
    }

    private static void Walk(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        while (reader.HasData)
            Element(reader, depth: 1);
    }

    private static void Element(AsnReader reader, int depth)
    {
        if (depth > Deepest)
            throw new AsnContentException("It nests too deeply.");
        var tag = reader.PeekTag();
        if (tag.IsConstructed)
        {
            if (tag.TagClass == TagClass.Universal && !tag.HasSameClassAndValue(Asn1Tag.Sequence) && !tag.HasSameClassAndValue(Asn1Tag.SetOf))
                throw new AsnContentException($"A {tag} is constructed.");
            // A set is read as one where its tag says so: its members must be sorted.
            var inner = tag.HasSameClassAndValue(Asn1Tag.SetOf) ? reader.ReadSetOf() : reader.ReadSequence(tag);
            while (inner.HasData)
                Element(inner, depth + 1);
            return;
        }

        switch (tag.TagClass == TagClass.Universal ? (UniversalTagNumber)tag.TagValue : UniversalTagNumber.EndOfContents)
        {
            case UniversalTagNumber.Boolean: reader.ReadBoolean(); break;
            case UniversalTagNumber.Integer: reader.ReadIntegerBytes(); break;
            case UniversalTagNumber.BitString: reader.ReadBitString(out _); break;
            case UniversalTagNumber.OctetString: reader.ReadOctetString(); break;
            case UniversalTagNumber.Null: reader.ReadNull(); break;
            case UniversalTagNumber.ObjectIdentifier: reader.ReadObjectIdentifier(); break;
            case UniversalTagNumber.UTF8String: reader.ReadCharacterString(UniversalTagNumber.UTF8String); break;
            case UniversalTagNumber.PrintableString: reader.ReadCharacterString(UniversalTagNumber.PrintableString); break;
            case UniversalTagNumber.IA5String: reader.ReadCharacterString(UniversalTagNumber.IA5String); break;
            case UniversalTagNumber.UtcTime: reader.ReadUtcTime(); break;
            case UniversalTagNumber.GeneralizedTime: reader.ReadGeneralizedTime(); break;
            default: reader.ReadEncodedValue(); break;
        }
    }
}
