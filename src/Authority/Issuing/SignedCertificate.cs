using System.Formats.Asn1;

namespace Evercard.Authority.Issuing;

/// <summary>The three parts of a Certificate (RFC 5280, 4.1): to-be-signed part and algorithm in DER, and the signature's bytes.</summary>
internal sealed record SignedCertificate(ReadOnlyMemory<byte> ToBeSigned, ReadOnlyMemory<byte> SignatureAlgorithm, ReadOnlyMemory<byte> Signature)
{
    /// <exception cref="AsnContentException">Not a Certificate in DER.</exception>
    public static SignedCertificate Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var read = new SignedCertificate(certificate.ReadEncodedValue(), certificate.ReadEncodedValue(), certificate.ReadBitString(out var unused));
        certificate.ThrowIfNotEmpty();
        return unused == 0 ? read : throw new AsnContentException("The signature is not whole bytes.");
    }

    /// <summary>DER.</summary>
    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(ToBeSigned.Span);
            writer.WriteEncodedValue(SignatureAlgorithm.Span);
            writer.WriteBitString(Signature.Span);
        }

        return writer.Encode();
    }
}
