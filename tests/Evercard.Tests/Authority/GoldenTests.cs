using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Tests.Support;

namespace Evercard.Tests.Authority;

/// <summary>What our certificates and CRLs look like, element by element; keys, numbers and signatures are named instead of shown.</summary>
public sealed class GoldenTests(AuthorityFolder authority) : IClassFixture<AuthorityFolder>
{
    [Theory]
    [InlineData("authentication")]
    [InlineData("signature")]
    public async Task A_certificate_looks_as_recorded(string profile)
    {
        var order = Some.Order(profile);

        var issued = await authority.Issue(order);

        Hold(profile + ".txt", issued.Certificate, issued.SerialNumber, order.PublicKey);
    }

    [Fact]
    public void The_root_and_an_issuing_certificate_look_as_recorded()
    {
        foreach (var (name, certificate) in new[] { ("root-ca.txt", authority.Authority.RootCertificate), ("signature-ca.txt", authority.Authority.IssuerCertificates["signature"]) })
        {
            var fields = CertificateFields.Read(SignedCertificate.Read(certificate).ToBeSigned);
            Hold(name, certificate, Convert.ToHexString(fields.SerialNumber.Span), fields.SubjectPublicKeyInfo);
        }
    }

    [Fact]
    public async Task A_CRL_looks_as_recorded()
    {
        var issued = await authority.Issue(Some.Order("signature"));
        await authority.Revoke(issued.SerialNumber, RevocationReason.Superseded);

        var crl = await authority.MakeCrl("signature");

        Hold("signature-crl.txt", crl, issued.SerialNumber, publicKey: null);
    }

    private void Hold(string name, ReadOnlyMemory<byte> der, string serialNumber, ReadOnlyMemory<byte>? publicKey)
    {
        var text = AsnText.Of(der).Replace(serialNumber, "(serial number)");
        foreach (var (ca, certificate) in authority.Authority.IssuerCertificates.Append(new("root", authority.Authority.RootCertificate)))
            text = Without(text, CertificateFields.Read(SignedCertificate.Read(certificate).ToBeSigned).SubjectPublicKeyInfo, $"of the {ca} CA");
        if (publicKey is { } key)
            text = Without(text, key, "of the subject");
        var signature = Convert.ToHexString(SignedCertificate.Read(der).Signature.Span);
        GoldenFile.ShouldHold(name, text.Replace("00" + signature, "(signature)"), "Authority");
    }

    private static string Without(string text, ReadOnlyMemory<byte> publicKey, string whose)
    {
        var key = SubjectPublicKey.Read(publicKey);
        return text.Replace("00" + Convert.ToHexString(key.Bits), $"(key {whose})").Replace(Convert.ToHexString(key.Identifier), $"(key identifier {whose})");
    }
}
