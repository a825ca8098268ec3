using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Issuing;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.Cards.Iso7816;
using Evercard.Lifecycle.LogIn;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>What must be true of a card whose renewal has ended, however often it was cut on the way.</summary>
internal static class CardCheck
{
    public static async Task IsRenewed(Ward ward, SimulatedCard card, Guid id, IReadOnlyList<string> oldSerials)
    {
        (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        (await HasTwoGoodCertificates(ward, card, id)).ShouldAllBe(serial => !oldSerials.Contains(serial));
    }

    /// <returns>Their serial numbers.</returns>
    public static async Task<IReadOnlyList<string>> HasTwoGoodCertificates(Ward ward, SimulatedCard card, Guid id)
    {
        var current = await ward.Read(r => r.Registry.Credentials.Where(c => c.SmartcardId == id && c.Status == CredentialStatus.Current).ToListAsync());
        current.Select(c => (KeyReference)c.KeyReference).ShouldBe([KeyReference.Authentication, KeyReference.Signature], ignoreOrder: true);
        current.Select(c => c.NotAfter).Distinct().Count().ShouldBe(1, "one notAfter for both");
        foreach (var credential in current)
        {
            CertificateOn(card, (KeyReference)credential.KeyReference).ShouldBe(credential.Certificate);
            using var certificate = X509CertificateLoader.LoadCertificate(credential.Certificate);
            certificate.PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(credential.PublicKey);
            (await Standing(ward, credential.Certificate)).ShouldBe(CertificateStanding.Good);
        }

        // Every certificate that was ever signed for the card is either current or revoked: no orphans.
        var operations = await ward.Read(r => r.Registry.Operations.Where(o => o.SmartcardId == id).ToListAsync());
        operations.ShouldAllBe(o => o.State == OperationState.Completed || o.State == OperationState.Aborted);
        var orders = operations.Select(o => o.Id.ToString("N")).ToList();
        var issued = (await ward.Read(r => r.Authority.Certificates.Where(c => c.Certificate != null).ToListAsync())).Where(c => orders.Any(o => c.OrderId.StartsWith(o, StringComparison.Ordinal)));
        foreach (var certificate in issued)
        {
            var expected = current.Any(c => c.CertificateSerialNumber == certificate.SerialNumber);
            (certificate.RevokedAt is null).ShouldBe(expected, $"certificate {certificate.SerialNumber} of order {certificate.OrderId}");
        }

        card.Image.Passcode.TriesLeft.ShouldBe(card.Model.PasscodeTries, "no try was burnt");
        return [.. current.Select(c => c.CertificateSerialNumber)];
    }

    /// <summary>At any instant: each key that counts is on record with a certificate that is not revoked. The old one stays until the new one is proven.</summary>
    public static async Task NothingIsRetiredTooSoon(Ward ward, Guid id)
    {
        var current = await ward.Read(r => r.Registry.Credentials.Where(c => c.SmartcardId == id && c.Status == CredentialStatus.Current).ToListAsync());
        string.Join(' ', current.Select(c => (KeyReference)c.KeyReference).Order()).ShouldBe(
            $"{KeyReference.Authentication} {KeyReference.Signature}", "a certificate was retired before its successor was proven");
        foreach (var credential in current)
        {
            (await Standing(ward, credential.Certificate)).ShouldNotBe(CertificateStanding.Revoked, "a certificate was revoked before its successor was proven");
        }
    }

    public static async Task AuditChainIsWhole(Ward ward) =>
        AuditChain.Verify(await ward.Read(r => r.Registry.AuditEvents.OrderBy(e => e.Sequence).ToListAsync())).ShouldBeOfType<AuditFinding.Whole>();

    public static byte[] CertificateOn(SimulatedCard card, KeyReference key)
    {
        using var readers = new SimulatedReaders("reader");
        readers.Insert("reader", card);
        using var connection = readers.Connect("reader");
        CommandChaining.Transmit(connection, PivCommands.Select());
        var which = DataObject.CertificateOf(key);
        DataObjectAnswer.TryRead(CommandChaining.Transmit(connection, PivCommands.GetData(which)), which, out var contents).ShouldBeTrue();
        CertificateObject.TryDecode(contents, out var certificate).ShouldBeTrue();
        return certificate!;
    }

    private static Task<CertificateStanding> Standing(Ward ward, byte[] certificate) =>
        ward.Read(r => ward.Authority.StandingOf(r.Authority, certificate, default));
}
