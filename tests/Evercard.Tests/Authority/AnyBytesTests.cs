using System.Formats.Asn1;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Lint;
using Evercard.Authority.Profiles;
using Evercard.Tests.Authority.Lint;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Authority;

/// <summary>Whatever bytes come in from cards, files and strangers: a finding, or the exception that is documented, and no other.</summary>
public sealed class AnyBytesTests(AuthorityFolder authority) : IClassFixture<AuthorityFolder>
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void Lint_has_findings_and_throws_nothing() =>
        Prop.ForAll(Changed(new CertificateSample().Encode(), new CertificateSample { PublicKey = Some.Rsa2048 }.Encode()), bytes =>
        {
            Linter.Check(bytes, CertificateSample.Profile, CertificateSample.Issuer, CertificateSample.Publication, CertificateSample.UpnDomain);
        }).Check(Often);

    [Fact]
    public void A_signature_has_findings_and_throws_nothing() =>
        Prop.ForAll(Changed(authority.Authority.RootCertificate.ToArray(), authority.Authority.IssuerCertificates["signature"].ToArray()), bytes =>
        {
            Linter.CheckSignature(bytes, CertificateSample.Issuer);
        }).Check(Often);

    [Fact]
    public void A_certificate_is_read_or_is_no_DER() =>
        Prop.ForAll(Changed(authority.Authority.RootCertificate.ToArray()), bytes => Throws<AsnContentException>(() =>
        {
            CertificateFields.Read(SignedCertificate.Read(bytes).ToBeSigned);
        })).Check(Often);

    [Fact]
    public void A_public_key_is_read_or_is_no_DER() =>
        Prop.ForAll(Changed(Some.NewP256(), Some.Rsa2048), bytes => Throws<AsnContentException>(() => SubjectPublicKey.Read(bytes))).Check(Often);

    [Fact]
    public void An_order_for_any_public_key_is_tried_or_refused() =>
        Prop.ForAll(Changed(Some.NewP256(), Some.Rsa2048), bytes => Throws<OrderRefusedException>(() =>
            authority.Authority.DryRun(Some.Order(publicKey: bytes)))).Check(Often.WithMaxTest(100));

    [Fact]
    public void A_profile_is_read_or_its_fault_is_told() =>
        Prop.ForAll(Changed(ProfileTests.GoodBytes), bytes => Throws<ProfileException>(() => ProfileFile.Parse("sample.json", bytes))).Check(Often);

    [Fact]
    public async Task Any_certificate_has_a_standing()
    {
        var issued = (await authority.Issue(Some.Order())).Certificate.ToArray();
        await using var db = authority.Context();

        Prop.ForAll(Changed(issued), bytes =>
        {
            var standing = authority.Authority.StandingOf(db, bytes, default).GetAwaiter().GetResult();
            return (standing == CertificateStanding.Good) == bytes.AsSpan().SequenceEqual(issued);
        }).Check(Often.WithMaxTest(200));
    }

    [Theory]
    [InlineData("root.crt.pem")]
    [InlineData("root.key.pem")]
    public void A_file_of_the_key_store_is_read_or_is_told_to_be_damaged(string file)
    {
        using var own = new AuthorityFolder();
        var path = Path.Combine(own.KeyFolder, "keys", file);

        Prop.ForAll(Changed(File.ReadAllBytes(path)), bytes => Throws<KeyStoreException>(() =>
        {
            File.WriteAllBytes(path, bytes);
            CertificateAuthority.Open(own.Options, own.Time).Dispose();
        })).Check(Often.WithMaxTest(20));
    }

    /// <summary>One of the samples with one to four bytes changed, or cut short, or bytes of no sense at all.</summary>
    private static Arbitrary<byte[]> Changed(params byte[][] samples)
    {
        var bytes = Gen.Choose(0, 255).Select(number => (byte)number);
        var changes = Gen.Zip(Gen.Choose(0, 1 << 20), bytes).NonEmptyListOf().Select(list => list.Take(4));
        var changed = Gen.Zip(Gen.Elements(samples), changes).Select(pair =>
        {
            var copy = pair.Item1.ToArray();
            foreach (var (at, value) in pair.Item2)
                copy[at % copy.Length] = value;
            return copy;
        });
        var cut = Gen.Zip(Gen.Elements(samples), Gen.Choose(0, 1 << 20)).Select(pair => pair.Item1[..(pair.Item2 % pair.Item1.Length)]);
        return Gen.Frequency((8, changed), (1, cut), (1, bytes.ArrayOf())).ToArbitrary();
    }

    private static void Throws<T>(Action act)
        where T : Exception
    {
        try
        {
            act();
        }
        catch (T)
        {
            // One of the two documented ends.
        }
    }
}
