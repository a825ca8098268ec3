using System.Security.Cryptography;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Lint;

namespace Evercard.Tests.Authority.Lint;

public sealed class LintTests
{
    public static IEnumerable<object[]> Samples => BrokenSamples.All.Select(sample => new object[] { sample.Rule, sample.Fault });

    [Fact]
    public void A_good_certificate_passes_every_rule() => new CertificateSample().Findings().ShouldBeEmpty();

    [Fact]
    public void A_good_RSA_certificate_passes_every_rule() => new CertificateSample { PublicKey = Some.Rsa2048 }.Findings().ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_rule_finds_its_fault_and_no_other_rule_does(string rule, string fault)
    {
        var sample = new CertificateSample();
        BrokenSamples.All.Single(s => s.Rule == rule && s.Fault == fault).Break(sample);

        sample.Findings().ShouldBe([rule]);
    }

    [Fact]
    public void Every_rule_has_a_sample_that_breaks_it() =>
        BrokenSamples.All.Select(sample => sample.Rule).Distinct().Order().ShouldBe(Linter.Rules.Select(rule => rule.Name).Order());

    [Fact]
    public void Bytes_that_are_no_certificate_have_a_finding_and_throw_nothing() =>
        Linter.Check(new byte[] { 0x30, 0x03, 0x02, 0x01 }, CertificateSample.Profile, CertificateSample.Issuer, CertificateSample.UpnDomain)
            .ShouldHaveSingleItem().ShouldStartWith("structure");

    [Fact]
    public void A_signature_must_verify_and_name_the_algorithm_that_was_signed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = CertificateSample.Issuer with { PublicKey = key.ExportSubjectPublicKeyInfo() };
        var toBeSigned = new CertificateSample().Encode();
        var signature = key.SignData(toBeSigned, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var good = new SignedCertificate(toBeSigned, issuer.Scheme.AlgorithmIdentifier, signature);

        Findings(good).ShouldBeEmpty();
        Findings(good with { Signature = new byte[70] }).ShouldBe(["signature: it does not verify under the issuer's key."]);
        Findings(good with { SignatureAlgorithm = SignatureScheme.For(KeyAlgorithm.P384).AlgorithmIdentifier })
            .ShouldBe(["signature: its algorithm is not the one that was signed."]);

        IReadOnlyList<string> Findings(SignedCertificate certificate) =>
            Linter.CheckSigned(certificate.Encode(), CertificateSample.Profile, issuer, CertificateSample.UpnDomain);
    }
}
