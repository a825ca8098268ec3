using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Issuing;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Authority;

public sealed class IssuingTests(AuthorityFolder authority) : IClassFixture<AuthorityFolder>
{
    [Theory]
    [InlineData("authentication")]
    [InlineData("signature")]
    public async Task A_certificate_chains_to_the_root_and_carries_the_ordered_key(string profile)
    {
        var order = Some.Order(profile);

        var issued = await authority.Issue(order);

        using var certificate = X509CertificateLoader.LoadCertificate(issued.Certificate.Span);
        certificate.PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(order.PublicKey.ToArray());
        certificate.SerialNumber.ShouldBe(issued.SerialNumber);
        issued.Issuer.ShouldBe(profile);
        new DateTimeOffset(certificate.NotAfter).ShouldBe(order.NotAfter);
        Chain(certificate, profile).ShouldBe(["Thandiwe Okafor", profile == "signature" ? "Evercard Signature CA" : "Evercard Authentication CA", "Evercard Root CA"]);
    }

    [Fact]
    public async Task The_same_order_prepared_again_has_the_same_serial_number_and_a_fresh_token()
    {
        var order = Some.Order();

        var first = await authority.Prepare(order);
        var second = await authority.Prepare(order);

        second.SerialNumber.ShouldBe(first.SerialNumber);
        second.Token.ShouldNotBe(first.Token);
    }

    [Fact]
    public async Task The_token_of_an_older_preparation_is_refused()
    {
        var order = Some.Order();
        var first = await authority.Prepare(order);
        await authority.Prepare(order);

        (await Should.ThrowAsync<InvalidOperationException>(() => authority.Issue(first))).Message.ShouldContain("token");

        (await authority.InTransaction(db => authority.Authority.Find(db, order.OrderId, default))).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_signs_once_and_a_repeated_issue_gives_the_same_certificate()
    {
        var preparation = await authority.Prepare(Some.Order());
        var before = authority.Signatures;

        var first = await authority.Issue(preparation);
        var second = await authority.Issue(preparation);

        second.Certificate.ToArray().ShouldBe(first.Certificate.ToArray());
        (authority.Signatures - before).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_signed_is_what_was_stored()
    {
        var order = Some.Order();
        var preparation = await authority.Prepare(order);
        byte[] stored;
        await using (var db = authority.Context())
            stored = (await db.Certificates.SingleAsync(record => record.OrderId == order.OrderId)).ToBeSigned;

        authority.Time.Now += TimeSpan.FromHours(3);
        var issued = await authority.Issue(preparation);

        SignedCertificate.Read(issued.Certificate).ToBeSigned.ToArray().ShouldBe(stored);
    }

    [Fact]
    public async Task An_order_that_says_something_else_under_the_same_id_is_an_error()
    {
        var order = Some.Order();
        await authority.Prepare(order);

        await Should.ThrowAsync<InvalidOperationException>(() => authority.Prepare(order with { PublicKey = Some.NewP256() }));
        await Should.ThrowAsync<InvalidOperationException>(() => authority.Prepare(order with { CommonName = "Somebody Else" }));
        await Should.ThrowAsync<InvalidOperationException>(() => authority.Prepare(order with { NotAfter = order.NotAfter.AddSeconds(1) }));
    }

    [Fact]
    public async Task A_signer_that_is_down_issues_nothing_and_the_token_stays_good()
    {
        var preparation = await authority.Prepare(Some.Order());

        authority.SignerIsDown = true;
        try
        {
            await Should.ThrowAsync<AuthorityUnavailableException>(() => authority.Issue(preparation));
            Should.Throw<AuthorityUnavailableException>(() => authority.Authority.DryRun(Some.Order()));
            (await authority.InTransaction(db => authority.Authority.Find(db, preparation.OrderId, default))).ShouldBeNull();
        }
        finally
        {
            authority.SignerIsDown = false;
        }

        (await authority.Issue(preparation)).SerialNumber.ShouldBe(preparation.SerialNumber);
    }

    [Fact]
    public async Task Nothing_is_saved_outside_a_transaction()
    {
        await using var db = authority.Context();

        await Should.ThrowAsync<InvalidOperationException>(() => authority.Authority.Prepare(db, Some.Order(), default));
        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        Should.Throw<InvalidOperationException>(() => db.SaveChanges()).Message.ShouldContain("transaction");
    }

    [Fact]
    public async Task What_is_recorded_is_committed_before_it_is_signed()
    {
        await using var db = authority.Context();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var preparation = await authority.Authority.Prepare(db, Some.Order(), default);

        (await Should.ThrowAsync<InvalidOperationException>(() => authority.Authority.Issue(db, preparation, default))).Message.ShouldStartWith("Record, then sign");

        await transaction.CommitAsync();
        await using var next = await db.Database.BeginTransactionAsync();
        (await authority.Authority.Issue(db, preparation, default)).SerialNumber.ShouldBe(preparation.SerialNumber);
    }

    [Fact]
    public async Task A_certificate_whose_transaction_was_rolled_back_does_not_exist()
    {
        var preparation = await authority.Prepare(Some.Order());
        await using var db = authority.Context();
        IssuedCertificate lost;
        await using (await db.Database.BeginTransactionAsync())
            lost = await authority.Authority.Issue(db, preparation, default);
        (await authority.Authority.Find(db, preparation.OrderId, default)).ShouldBeNull();

        await using var transaction = await db.Database.BeginTransactionAsync();
        var issued = await authority.Authority.Issue(db, preparation, default);
        await transaction.CommitAsync();

        issued.Certificate.ToArray().ShouldNotBe(lost.Certificate.ToArray());
        (await authority.Authority.Find(db, preparation.OrderId, default))!.Certificate.ToArray().ShouldBe(issued.Certificate.ToArray());
        (await authority.Authority.StandingOf(db, lost.Certificate, default)).ShouldBe(CertificateStanding.Unknown);
    }

    [Fact]
    public async Task An_order_that_was_never_prepared_is_not_issued() =>
        await Should.ThrowAsync<InvalidOperationException>(() => authority.Issue(new Preparation("none", "40", "00")));

    private string[] Chain(X509Certificate2 certificate, string issuer)
    {
        using var chain = new X509Chain();
        using var root = X509CertificateLoader.LoadCertificate(authority.Authority.RootCertificate.Span);
        using var intermediate = X509CertificateLoader.LoadCertificate(authority.Authority.IssuerCertificates[issuer].Span);
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.Add(intermediate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = authority.Time.Now.UtcDateTime;
        chain.Build(certificate).ShouldBeTrue(string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation)));
        return [.. chain.ChainElements.Select(element => element.Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))];
    }
}
