using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Revocation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evercard.Tests.Authority;

public sealed class RevocationTests(AuthorityFolder authority) : IClassFixture<AuthorityFolder>
{
    [Fact]
    public async Task A_certificate_stands_good_until_it_is_revoked()
    {
        var issued = await authority.Issue(Some.Order());
        (await Standing(issued.Certificate)).ShouldBe(CertificateStanding.Good);

        await authority.Revoke(issued.SerialNumber, RevocationReason.Superseded);

        (await Standing(issued.Certificate)).ShouldBe(CertificateStanding.Revoked);
    }

    [Fact]
    public async Task A_certificate_with_one_bit_changed_is_unknown()
    {
        var issued = await authority.Issue(Some.Order());
        for (var i = 0; i < issued.Certificate.Length; i += 37)
        {
            var changed = issued.Certificate.ToArray();
            changed[i] ^= 0x01;
            (await Standing(changed)).ShouldBe(CertificateStanding.Unknown);
        }

        (await Standing(authority.Authority.RootCertificate)).ShouldBe(CertificateStanding.Unknown);
        (await Standing(ReadOnlyMemory<byte>.Empty)).ShouldBe(CertificateStanding.Unknown);
    }

    [Fact]
    public async Task The_first_reason_stays_unless_the_key_turns_out_compromised()
    {
        var issued = await authority.Issue(Some.Order("signature"));

        await authority.Revoke(issued.SerialNumber, RevocationReason.Superseded);
        await authority.Revoke(issued.SerialNumber.ToLowerInvariant(), RevocationReason.CessationOfOperation);
        (await ReasonOf(issued)).ShouldBe(RevocationReason.Superseded);

        await authority.Revoke(issued.SerialNumber, RevocationReason.KeyCompromise);
        await authority.Revoke(issued.SerialNumber, RevocationReason.Superseded);
        (await ReasonOf(issued)).ShouldBe(RevocationReason.KeyCompromise);
    }

    [Fact]
    public async Task What_was_revoked_while_only_prepared_is_never_signed()
    {
        var preparation = await authority.Prepare(Some.Order());
        await authority.Revoke(preparation.SerialNumber, RevocationReason.CessationOfOperation);

        await Should.ThrowAsync<InvalidOperationException>(() => authority.Issue(preparation));
    }

    [Fact]
    public async Task A_serial_number_that_was_never_given_cannot_be_revoked() =>
        await Should.ThrowAsync<InvalidOperationException>(() => authority.Revoke("40", RevocationReason.Superseded));

    [Fact]
    public async Task A_CRL_lists_what_its_own_issuer_revoked_and_its_number_grows()
    {
        var ours = await authority.Issue(Some.Order());
        var good = await authority.Issue(Some.Order());
        var theirs = await authority.Issue(Some.Order("signature"));
        await authority.Revoke(ours.SerialNumber, RevocationReason.KeyCompromise);
        await authority.Revoke(theirs.SerialNumber, RevocationReason.Superseded);

        var builder = CertificateRevocationListBuilder.Load(await authority.MakeCrl("authentication"), out var first);
        CertificateRevocationListBuilder.Load(await authority.MakeCrl("authentication"), out var second);

        second.ShouldBe(first + BigInteger.One);
        builder.RemoveEntry(Convert.FromHexString(ours.SerialNumber)).ShouldBeTrue();
        builder.RemoveEntry(Convert.FromHexString(good.SerialNumber)).ShouldBeFalse();
        builder.RemoveEntry(Convert.FromHexString(theirs.SerialNumber)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(RevocationReason.KeyCompromise, 1)]
    [InlineData(RevocationReason.AffiliationChanged, 3)]
    [InlineData(RevocationReason.Superseded, 4)]
    [InlineData(RevocationReason.CessationOfOperation, 5)]
    [InlineData(RevocationReason.Unspecified, null)]
    public void A_CRL_entry_carries_its_reason_code(RevocationReason reason, int? code)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = AuthorityFolder.Start;
        var request = new CertificateRequest("CN=Sample CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now, now.AddDays(9));
        using var issuer = new Issuer("sample", X509CertificateLoader.LoadCertificate(certificate.RawData), new SoftwareSigningKey(key));

        var crl = RevocationList.Make(issuer, [new RevokedCertificate("4001", now, reason)], number: 1, now, now.AddDays(7));

        // reasonCode (2.5.29.21) in an OCTET STRING, ENUMERATED inside.
        var marker = Convert.FromHexString("0603551D15" + "0403" + "0A01");
        var at = crl.AsSpan().IndexOf(marker);
        (at < 0 ? (int?)null : crl[at + marker.Length]).ShouldBe(code);
    }

    [Theory]
    [InlineData("root")]
    [InlineData("signature")]
    public async Task An_empty_CRL_is_a_CRL_too(string issuer)
    {
        CertificateRevocationListBuilder.Load(await authority.MakeCrl(issuer), out var number);
        number.ShouldBeGreaterThan(BigInteger.Zero);
    }

    [Fact]
    public async Task An_expired_certificate_leaves_the_CRL_after_one_that_was_made_later_than_its_end()
    {
        using var own = new AuthorityFolder();
        var issued = await own.Issue(Some.Order() with { NotAfter = AuthorityFolder.Start.AddDays(30) });
        var lasting = await own.Issue(Some.Order());
        await own.Revoke(issued.SerialNumber, RevocationReason.Superseded);
        await own.Revoke(lasting.SerialNumber, RevocationReason.Superseded);

        (await Listed(issued)).ShouldBeTrue();
        own.Time.Now = AuthorityFolder.Start.AddDays(30).AddMilliseconds(500);
        (await Listed(issued)).ShouldBeTrue("its last second has not passed, as the CRL tells the time");
        own.Time.Now = AuthorityFolder.Start.AddDays(31);
        (await Listed(issued)).ShouldBeTrue("RFC 5280, 3.3: one CRL beyond its validity lists it still");
        (await Listed(issued)).ShouldBeFalse();
        (await Listed(lasting)).ShouldBeTrue();

        await own.Revoke(issued.SerialNumber, RevocationReason.KeyCompromise);
        (await Listed(issued)).ShouldBeTrue("the graver reason is told once");
        (await Listed(issued)).ShouldBeFalse();

        async Task<bool> Listed(IssuedCertificate certificate) =>
            CertificateRevocationListBuilder.Load(await own.MakeCrl("authentication"), out _).RemoveEntry(Convert.FromHexString(certificate.SerialNumber));
    }

    [Fact]
    public async Task A_certificate_that_is_revoked_while_it_is_being_signed_is_not_issued()
    {
        var preparation = await authority.Prepare(Some.Order());
        await using var db = authority.Context();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using var other = authority.Context();
        await other.Database.UseTransactionAsync(transaction.GetDbTransaction());
        // In memory: SQLite answers at once, on this thread.
        authority.WhileSigning = () => authority.Authority.Revoke(other, preparation.SerialNumber, RevocationReason.CessationOfOperation, default).GetAwaiter().GetResult();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => authority.Authority.Issue(db, preparation, default));
    }

    [Fact]
    public async Task Of_two_that_revoke_at_once_with_different_reasons_only_one_wins()
    {
        var issued = await authority.Issue(Some.Order());
        await using var first = authority.Context();
        await using var second = authority.Context();
        await using var transaction = await first.Database.BeginTransactionAsync();
        await second.Database.UseTransactionAsync(transaction.GetDbTransaction());
        // Both have read the row before either writes it, as two nodes on a database with row locks may.
        foreach (var (db, reason) in new[] { (first, RevocationReason.KeyCompromise), (second, RevocationReason.Superseded) })
        {
            var record = (await db.Certificates.FindAsync(issued.SerialNumber))!;
            (record.RevokedAt, record.RevocationReason) = (AuthorityFolder.Start, reason);
        }

        await first.SaveChangesAsync();
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        await transaction.CommitAsync();
        (await ReasonOf(issued)).ShouldBe(RevocationReason.KeyCompromise);
    }

    [Fact]
    public async Task The_latest_CRL_is_kept_with_its_times()
    {
        await authority.MakeCrl("signature");
        var made = await authority.MakeCrl("signature");
        await using var db = authority.Context();

        var kept = (await authority.Authority.FindCrl(db, "signature", default))!;

        kept.Crl.ShouldBe(made);
        (kept.NextUpdate - kept.ThisUpdate).ShouldBe(TimeSpan.FromDays(7));
        (await authority.Authority.FindCrl(db, "nobody", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_signer_that_is_down_makes_no_CRL()
    {
        await authority.MakeCrl("root");
        await using var db = authority.Context();
        var before = (await authority.Authority.FindCrl(db, "root", default))!;

        authority.SignerIsDown = true;
        try
        {
            await Should.ThrowAsync<AuthorityUnavailableException>(() => authority.MakeCrl("root"));
        }
        finally
        {
            authority.SignerIsDown = false;
        }

        (await authority.Authority.FindCrl(db, "root", default))!.Number.ShouldBe(before.Number);
    }

    [Fact]
    public async Task There_is_no_CRL_of_an_unknown_issuer() => await Should.ThrowAsync<ArgumentException>(() => authority.MakeCrl("nobody"));

    private async Task<CertificateStanding> Standing(ReadOnlyMemory<byte> certificate)
    {
        await using var db = authority.Context();
        return await authority.Authority.StandingOf(db, certificate, default);
    }

    private async Task<RevocationReason?> ReasonOf(IssuedCertificate issued)
    {
        await using var db = authority.Context();
        return (await db.Certificates.FindAsync(issued.SerialNumber))!.RevocationReason;
    }
}
