using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority;
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
        Linter.Check(new byte[] { 0x30, 0x03, 0x02, 0x01 }, CertificateSample.Profile, CertificateSample.Issuer, CertificateSample.Publication, CertificateSample.UpnDomain)
            .ShouldHaveSingleItem().ShouldStartWith("structure");

    [Fact]
    public void Certificate_policies_are_never_critical()
    {
        var sample = new CertificateSample();
        sample.Extensions.Add(new X509Extension(Oids.CertificatePolicies, Convert.FromHexString("3008300606042A030405"), critical: true));

        sample.Messages().ShouldBe(["certificate-policies: the extension is critical."]);
    }

    [Fact]
    public void A_zero_width_joiner_is_part_of_the_spelling_of_some_names() =>
        new CertificateSample { Subject = { [0] = (Oids.CommonName, UniversalTagNumber.UTF8String, "\u0DC1\u0DCA\u200D\u0DBB\u0DD3") } }.Findings().ShouldBeEmpty();

    [Fact]
    public void A_UTCTime_without_seconds_is_no_DER() =>
        new CertificateSample { NotAfterDer = [0x17, 11, .. "2803010900Z"u8] }.Findings().ShouldBe(["structure"]);

    [Fact]
    public void From_2050_a_GeneralizedTime_is_as_it_should_be_and_has_no_fractions()
    {
        var time = new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero);
        string[] tooLong = ["validity-within-profile", "validity-within-issuer"];

        new CertificateSample { NotAfterDer = CertificateSample.GeneralizedTime(time) }.Findings().ShouldBe(tooLong);
        new CertificateSample { NotAfterDer = CertificateSample.GeneralizedTime(time.AddMilliseconds(500)) }.Findings().ShouldBe(["validity-encoding", .. tooLong]);
    }

    [Fact]
    public void A_UTCTime_cannot_say_2050()
    {
        // 50 is 1950.
        var findings = new CertificateSample { NotAfterDer = [0x17, 13, .. "500101000000Z"u8] }.Findings();

        findings.ShouldBe(["validity-order"]);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("-170141183460469231731687303715884105727")]
    public void An_RSA_modulus_that_is_no_modulus_is_a_finding_and_throws_nothing(string modulus) =>
        new CertificateSample { PublicKey = BrokenKeys.Rsa(BigInteger.Parse(modulus, CultureInfo.InvariantCulture)) }.Findings().ShouldBe(["key-kind"]);

    [Fact]
    public void A_negative_modulus_of_2048_bits_is_a_finding_and_throws_nothing() =>
        new CertificateSample { PublicKey = BrokenKeys.Rsa(-BrokenKeys.GoodModulus) }.Findings().ShouldBe(["key-kind"]);

    [Fact]
    public void A_huge_modulus_is_refused_by_its_kind_before_anything_is_computed_with_it() =>
        new CertificateSample { PublicKey = BrokenKeys.Rsa((BigInteger.One << 2_000_000) + 1) }.Findings().ShouldBe(["key-kind"]);

    [Fact]
    public void Bytes_that_nest_without_end_are_a_finding()
    {
        byte[] nested = [];
        for (var depth = 0; depth < 5_000; depth++)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                if (nested.Length > 0)
                    writer.WriteEncodedValue(nested);
            }

            nested = writer.Encode();
        }

        var sample = new CertificateSample();
        sample.Extensions.Add(new X509Extension("1.3.6.1.4.1.99999.1", nested, critical: false));

        sample.Findings().ShouldBe(["der-encoding", "unknown-extension"]);
    }

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
            Linter.CheckSignature(certificate.Encode(), issuer);
    }
}
