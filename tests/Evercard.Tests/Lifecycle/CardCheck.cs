using System.Security.Cryptography.X509Certificates;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Authority.Storage;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Cards.Iso7816;
using Evercard.Lifecycle;
using Evercard.Lifecycle.LogIn;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>What must be true of a card whose renewal has ended, however often it was cut on the way.</summary>
internal static class CardCheck
{
    /// <param name="ward">Where it was renewed.</param>
    /// <param name="card">The card.</param>
    /// <param name="id">Its number.</param>
    /// <param name="oldSerials">Of the certificates that were to be replaced.</param>
    /// <param name="passcode">Logs in with it; null: that is not tried.</param>
    public static async Task IsRenewed(Ward ward, SimulatedCard card, Guid id, IReadOnlyList<string> oldSerials, string? passcode = SampleWard.Passcode)
    {
        if (passcode is not null)
        {
            (await ward.LogInWith(card, id, passcode: passcode)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        }

        (await HasTwoGoodCertificates(ward, card, id)).Intersect(oldSerials).ShouldBeEmpty();
    }

    /// <returns>Their serial numbers.</returns>
    public static Task<IReadOnlyList<string>> HasTwoGoodCertificates(Ward ward, SimulatedCard card, Guid id) =>
        HasTwoGoodCertificates(ward.Database, ward.Authority, card, id);

    /// <inheritdoc cref="HasTwoGoodCertificates(Ward, SimulatedCard, Guid)"/>
    public static async Task<IReadOnlyList<string>> HasTwoGoodCertificates(Database database, CertificateAuthority authority, SimulatedCard card, Guid id)
    {
        var (current, standings, operations, issued) = await Read(database, async r =>
        {
            var current = await Current(r, id);
            var operations = await r.Registry.Operations.Where(o => o.SmartcardId == id).ToListAsync();
            return (current, await Standings(r, authority, current), operations, await Issued(r, operations));
        });
        current.Select(c => (KeyReference)c.KeyReference).ShouldBe([KeyReference.Authentication, KeyReference.Signature], ignoreOrder: true);
        current.Select(c => c.NotAfter).Distinct().Count().ShouldBe(1, "one notAfter for both");
        standings.ShouldBe([CertificateStanding.Good, CertificateStanding.Good]);
        foreach (var credential in current)
        {
            // The key in the chip, the certificate beside it, and what is on record.
            var key = (KeyReference)credential.KeyReference;
            card.Image.Key(key)!.SubjectPublicKeyInfo().ShouldBe(credential.PublicKey);
            CertificateOn(card, key).ShouldBe(credential.Certificate);
            using var certificate = X509CertificateLoader.LoadCertificate(credential.Certificate);
            certificate.PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(credential.PublicKey);
        }

        // Every certificate that was ever signed for the card is either current or revoked: no orphans.
        Unfinished(operations).ShouldBeEmpty();
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
        var (current, standings) = await ward.Read(async r =>
        {
            var current = await Current(r, id);
            return (current, await Standings(r, ward.Authority, current));
        });
        string.Join(' ', current.Select(c => (KeyReference)c.KeyReference).Order()).ShouldBe(
            $"{KeyReference.Authentication} {KeyReference.Signature}", "a certificate was retired before its successor was proven");
        standings.ShouldNotContain(CertificateStanding.Revoked, "a certificate was revoked before its successor was proven");
    }

    /// <summary>Of a card that was cancelled: nothing that was ever signed for it is valid, and no act goes on.</summary>
    public static async Task IsEnded(Ward ward, Guid id)
    {
        var operations = await ward.Read(r => r.Registry.Operations.Where(o => o.SmartcardId == id).ToListAsync());
        Unfinished(operations).ShouldBeEmpty();
        (await ward.Read(r => r.Registry.Credentials.CountAsync(c => c.SmartcardId == id && c.Status == CredentialStatus.Current))).ShouldBe(0);
        (await ward.Read(r => Issued(r, operations))).ShouldAllBe(certificate => certificate.RevokedAt != null);
    }

    /// <summary>One renewal was completed, once; of each slot its key was intended before it was recorded, and its certificate recorded before it was signed, proven last.</summary>
    public static async Task TheTrailTellsOfOneRenewal(Ward ward, Guid id)
    {
        var events = await ward.Read(r => r.Registry.AuditEvents.Where(e => e.SmartcardId == id).OrderBy(e => e.Sequence).ToListAsync());
        var completed = events.Single(e => e.Kind == "RenewalCompleted");
        var story = events.Where(e => e.OperationId == completed.OperationId && e.Sequence <= completed.Sequence).Select(e => e.Kind).ToList();
        story[0].ShouldBe("RenewalRequested");
        foreach (var (earlier, later) in new[]
        {
            ("KeyGenerationIntended", "KeyStaged"), ("KeyStaged", "CertificatePrepared"), ("CertificatePrepared", "CertificateIssued"), ("CertificateIssued", "CertificateProven"),
        })
        {
            story.Count(kind => kind == later).ShouldBeGreaterThanOrEqualTo(2, later);
            story.IndexOf(earlier).ShouldBeLessThan(story.IndexOf(later), $"{earlier} before {later}");
            story.LastIndexOf(earlier).ShouldBeLessThan(story.LastIndexOf(later), $"{earlier} before {later}");
        }
    }

    /// <returns>All of it.</returns>
    public static async Task<IReadOnlyList<AuditEvent>> AuditChainIsWhole(Ward ward)
    {
        var events = await ward.Read(r => r.Registry.AuditEvents.OrderBy(e => e.Sequence).ToListAsync());
        AuditChain.Verify(events).ShouldBeOfType<AuditFinding.Whole>();
        return events;
    }

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

    /// <summary>As text: Shouldly's ShouldAllBe compiles its condition at every call, which was a tenth of the fault bench.</summary>
    private static IEnumerable<string> Unfinished(IEnumerable<Operation> operations) =>
        operations.Where(o => o.State is not (OperationState.Completed or OperationState.Aborted)).Select(o => $"{o.Act} {o.Reference} is {o.State}");

    private static Task<List<Credential>> Current(Records records, Guid id) =>
        records.Registry.Credentials.Where(c => c.SmartcardId == id && c.Status == CredentialStatus.Current).ToListAsync();

    private static async Task<List<CertificateStanding>> Standings(Records records, CertificateAuthority authority, IEnumerable<Credential> credentials)
    {
        var standings = new List<CertificateStanding>();
        foreach (var credential in credentials)
        {
            standings.Add(await authority.StandingOf(records.Authority, credential.Certificate, default));
        }

        return standings;
    }

    private static async Task<IEnumerable<CertificateRecord>> Issued(Records records, IEnumerable<Operation> operations)
    {
        var orders = operations.Select(o => o.Id.ToString("N")).ToList();
        return (await records.Authority.Certificates.Where(c => c.Certificate != null).ToListAsync())
            .Where(c => orders.Any(o => c.OrderId.StartsWith(o, StringComparison.Ordinal)));
    }

    private static Task<T> Read<T>(Database database, Func<Records, Task<T>> read) => database.Read(read, default);
}
