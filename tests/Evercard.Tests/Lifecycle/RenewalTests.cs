using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

public sealed class RenewalTests
{
    [Fact]
    public async Task A_card_inside_its_window_gets_two_new_keys_and_certificates()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue(daysLeft: 30);
        var old = await Serials(ward, id);

        var outcome = (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();

        outcome.Superseded.ShouldBe(old, ignoreOrder: true);
        outcome.NewNotAfter.ShouldBe(new DateTimeOffset(2028, 11, 22, 23, 59, 59, TimeSpan.Zero));
        await CardCheck.IsRenewed(ward, card, id, old);
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task The_audit_trail_tells_the_whole_path_in_order()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        var before = (await ward.AuditTrail(id)).Count;

        await ward.Visit(card, id, session);

        (await ward.AuditTrail(id)).Skip(before).ShouldBe(
        [
            "RenewalRequested",
            "KeyGenerationIntended", "KeyStaged", "CertificatePrepared", "CertificateIssued", "CertificateProven",
            "KeyGenerationIntended", "KeyStaged", "CertificatePrepared", "CertificateIssued", "CertificateProven",
            "RenewalCompleted",
        ]);
    }

    [Fact]
    public async Task The_CHUID_is_never_rewritten()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var written = new List<string>();
        card.Transcript = exchange =>
        {
            if (exchange.Command.Ins == 0xDB)
            {
                written.Add(Convert.ToHexString(exchange.Command.Data.Span[..5]));
            }
        };

        await ward.Visit(card, id, await ward.Session(card, id));

        written.Where(w => w.StartsWith("5C03", StringComparison.Ordinal)).ShouldBe(["5C035FC10A", "5C035FC105"]);
    }

    internal static Task<List<string>> Serials(Ward ward, Guid id) =>
        ward.Read(r => r.Registry.Credentials.Where(c => c.SmartcardId == id && c.Status == CredentialStatus.Current).Select(c => c.CertificateSerialNumber).ToListAsync());
}
