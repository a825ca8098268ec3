using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;

namespace Evercard.Tests.Authority;

public sealed class OrderTests(AuthorityFolder authority) : IClassFixture<AuthorityFolder>
{
    [Theory]
    [InlineData(KeyAlgorithm.P256)]
    [InlineData(KeyAlgorithm.P384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public async Task A_dry_run_tells_the_most_bytes_the_certificate_can_have(KeyAlgorithm algorithm)
    {
        var publicKey = algorithm switch
        {
            KeyAlgorithm.Rsa2048 => Some.Rsa2048,
            KeyAlgorithm.P384 => Some.NewEc(ECCurve.NamedCurves.nistP384),
            _ => Some.NewP256(),
        };
        var order = Some.Order(publicKey: publicKey);

        var most = authority.Authority.DryRun(order);

        authority.Authority.DryRun(order with { PublicKey = default }, algorithm).ShouldBe(most);
        var issued = await authority.Issue(order);
        issued.Certificate.Length.ShouldBeInRange(most - 6, most);
    }

    [Fact]
    public void A_dry_run_asks_the_signer()
    {
        var before = authority.Signatures;

        authority.Authority.DryRun(Some.Order());

        (authority.Signatures - before).ShouldBe(1);
    }

    [Fact]
    public void An_order_that_breaks_the_profile_is_refused_before_anything_is_signed()
    {
        var good = Some.Order();
        Refused(good with { Profile = "server" }, "profile");
        Refused(good with { CommonName = "" }, "common name");
        Refused(good with { CommonName = new string('x', 65) }, "common name");
        Refused(good with { CommonName = "Okafor " }, "subject-common-name");
        Refused(good with { CommonName = "\uD800" }, "order");
        Refused(good with { SubjectSerialNumber = "12345" }, "12 digits");
        Refused(good with { OrderId = "" }, "id");
        Refused(good with { NotAfter = AuthorityFolder.Start }, "notAfter has passed");
        Refused(good with { NotAfter = AuthorityFolder.Start.AddDays(741) }, "validity-within-profile");
        Refused(good with { PublicKey = new byte[] { 0x30, 0x00 } }, "public key");
        Refused(good with { PublicKey = Some.NewEc(ECCurve.NamedCurves.nistP521) }, "kind of key");
    }

    [Fact]
    public async Task A_refused_order_stores_nothing()
    {
        var order = Some.Order(publicKey: Lint.BrokenKeys.OffTheCurve);

        (await Should.ThrowAsync<OrderRefusedException>(() => authority.Prepare(order))).Findings.ShouldHaveSingleItem().ShouldStartWith("point-on-curve");

        await authority.Prepare(order with { PublicKey = Some.NewP256() });
    }

    [Fact]
    public async Task A_certificate_begins_five_minutes_ago_but_not_before_its_issuer()
    {
        using var early = X509CertificateLoader.LoadCertificate((await authority.Issue(Some.Order())).Certificate.Span);
        new DateTimeOffset(early.NotBefore).ShouldBe(AuthorityFolder.Start);

        authority.Time.Now = AuthorityFolder.Start.AddHours(1);
        using var later = X509CertificateLoader.LoadCertificate((await authority.Issue(Some.Order())).Certificate.Span);
        authority.Time.Now = AuthorityFolder.Start;
        new DateTimeOffset(later.NotBefore).ShouldBe(AuthorityFolder.Start.AddMinutes(55));
    }

    [Fact]
    public async Task A_fraction_of_a_second_is_cut_off()
    {
        var order = Some.Order();

        using var certificate = X509CertificateLoader.LoadCertificate((await authority.Issue(order with { NotAfter = order.NotAfter.AddMilliseconds(700) })).Certificate.Span);

        new DateTimeOffset(certificate.NotAfter).ShouldBe(order.NotAfter);
    }

    private void Refused(CertificateOrder order, string because) =>
        Should.Throw<OrderRefusedException>(() => authority.Authority.DryRun(order)).Message.ShouldContain(because);
}
