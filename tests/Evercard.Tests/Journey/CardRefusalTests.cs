using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Authority.Issuing;
using Evercard.Authority;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Journey;

/// <summary>What is wrong with the card itself: told over the real link, with the card left as it was.</summary>
public sealed class CardRefusalTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private const string Help = "Priya Saltmarsh, reception, 8am to 4pm, 01632 960001";

    [Fact]
    public async Task An_expired_card_cannot_log_in()
    {
        var (card, _) = await service.Issue(daysLeft: 5);
        service.Time.Advance(TimeSpan.FromDays(6));
        await Record(o => o.IdCheckers = Help);
        var before = CardState.Of(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            var expiry = Evercard.Lifecycle.Expiry.InWords(service.Time.Now.AddDays(-1), service.Options.TimeZone);
            var sentence = $"This smartcard expired on {expiry} and cannot log in.";
            HelpIn((await service.Ward4Pc1.Greet()).ShouldSay("CARD-EXPIRED", sentence, Told.IdChecker)).ShouldBe(Help);
            HelpIn((await service.Ward4Pc1.LogIn()).ShouldSay("CARD-EXPIRED", sentence, Told.IdChecker)).ShouldBe(Help);
        }

        CardState.Of(card).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("LogInRefused CARD-EXPIRED");
    }

    /// <summary>Its card was greeted while it was good.</summary>
    [Fact]
    public async Task A_card_that_expires_in_the_reader_cannot_log_in_either()
    {
        var (card, _) = await service.Issue(daysLeft: 5);
        await Record(o => o.IdCheckers = Help);
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Greet()).ShouldBeDone();
            service.Time.Advance(TimeSpan.FromDays(6));
            HelpIn((await service.Ward4Pc1.LogIn()).ShouldRefuse("CARD-EXPIRED")).ShouldBe(Help);
        }
    }

    [Fact]
    public async Task A_card_that_is_good_is_greeted_with_whoever_unlocks_it()
    {
        var (card, _) = await service.Issue();
        await Record(o => o.Unlockers = $"{Help}\nTom Fallowfield, ward 4");
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Greet()).ShouldBeDone().Help.ShouldBe([Help, "Tom Fallowfield, ward 4"]);
            await Record(o => o.Unlockers = string.Empty);
            (await service.Ward4Pc1.Greet()).ShouldBeDone().Help.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_cancelled_card_says_when_and_why_and_burns_no_try()
    {
        var (card, id) = await service.Issue(person: JourneyNode.Sol);
        await Cancel(id);
        var before = CardState.Of(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            const string sentence = "This smartcard was cancelled on 2 June 2026 because it was reported lost.";
            (await service.Ward4Pc1.LogIn(passcode: "000000")).ShouldSay(
                "CARD-CANCELLED", sentence, "Ask your registration authority for a new card. Hand this one in.");

            // She has a new one, and put the old one in again.
            var (_, newer) = await service.Issue(person: JourneyNode.Sol);
            var serial = await service.Read(r => r.Registry.Smartcards.Where(c => c.Id == newer).Select(c => c.SerialNumber).SingleAsync());
            (await service.Ward4Pc1.Greet()).ShouldSay(
                "CARD-CANCELLED", sentence, $"Use your newer card (ends {serial[^4..]}), or ask your registration authority. Hand this one in.");
            await Cancel(newer);
        }

        CardState.Of(card).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("LogInRefused CARD-CANCELLED");
    }

    [Fact]
    public async Task A_card_of_a_closed_profile_says_since_when()
    {
        var (card, _) = await service.Issue(person: JourneyNode.Perry);
        await service.Change("ProfileClosed", r =>
        {
            var perry = r.Registry.People.Single(p => p.Uuid == JourneyNode.Perry.Uuid);
            (perry.Status, perry.ClosedAt) = (PersonStatus.Closed, new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero));
        });
        var before = CardState.Of(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Greet()).ShouldRefuse("PROFILE-CLOSED");
            (await service.Ward4Pc1.LogIn()).ShouldSay(
                "PROFILE-CLOSED", "Your profile was closed on 1 May 2026.", "Ask your registration authority; a new card will be issued.");
        }

        CardState.Of(card).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("LogInRefused PROFILE-CLOSED");
    }

    [Fact]
    public async Task A_foreign_card_is_not_known_here()
    {
        var foreign = SimulatedCard.CreateBlank(CardModel.Yubico);
        foreign.Image.Write(DataObject.Chuid, new Chuid(new FascN(PersonIdentifier: 1).Encode(), Guid.NewGuid(), new DateOnly(2030, 1, 1)).Encode());
        var before = CardState.Of(foreign);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(foreign))
        {
            (await service.Ward4Pc1.Greet()).ShouldSay("CARD-UNKNOWN", "This card was not issued here.", "Check that it is the right card.");
            (await service.Ward4Pc1.LogIn()).ShouldRefuse("CARD-UNKNOWN");
        }

        CardState.Of(foreign).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("LogInRefused CARD-UNKNOWN");
    }

    [Fact]
    public async Task Somebody_elses_CHUID_on_another_card_does_not_make_it_theirs()
    {
        var (card, _) = await service.Issue();
        var copy = SimulatedCard.CreateBlank(CardModel.Yubico);
        copy.Image.Write(DataObject.Chuid, card.Image.Read(DataObject.Chuid)!);
        using (service.Ward4Pc1.With(copy))
        {
            (await service.Ward4Pc1.LogIn(passcode: "123456")).ShouldRefuse("REPAIR-NEEDED");
        }
    }

    /// <summary>Found by this test: a log-in with a blank card was told CARD-UNKNOWN, and nothing was recorded.</summary>
    [Fact]
    public async Task A_blank_card_has_nothing_on_it_whatever_is_tried()
    {
        var blank = SimulatedCard.CreateBlank(CardModel.Yubico);
        var before = CardState.Of(blank);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(blank))
        {
            (await service.Ward4Pc1.Greet()).ShouldSay("CARD-BLANK", "This smartcard has nothing on it.", "Give it to your registration authority.");
            (await service.Ward4Pc1.LogIn()).ShouldRefuse("CARD-BLANK");
            (await service.Ward4Pc1.Renew(null)).ShouldRefuse("CARD-BLANK");
        }

        CardState.Of(blank).ShouldBe(before);
        var audit = await service.AuditSince(mark);
        audit.ShouldContain("LogInRefused CARD-BLANK");
        audit.ShouldContain("RenewalRefused CARD-BLANK");
    }

    [Fact]
    public async Task A_card_whose_CHUID_makes_no_sense_cannot_be_read()
    {
        var odd = SimulatedCard.CreateBlank(CardModel.Yubico);
        odd.Image.Write(DataObject.Chuid, new byte[] { 0x34, 0x02, 0x01, 0x02 });
        using (service.Ward4Pc1.With(odd))
        {
            (await service.Ward4Pc1.Greet()).ShouldSay(
                "CARD-UNREADABLE", "We cannot read this card.", "Chip up and towards the reader; wipe it; try the other reader.");
        }
    }

    [Fact]
    public async Task A_card_whose_certificate_was_revoked_cannot_log_in()
    {
        var (card, id) = await service.Issue();
        var authority = service.Services.GetRequiredService<CertificateAuthority>();
        await service.Database.Write(
            async r =>
            {
                var serial = await r.Registry.Credentials.Where(c => c.SmartcardId == id && c.KeyReference == 0x9A).Select(c => c.CertificateSerialNumber).SingleAsync();
                await authority.Revoke(r.Authority, serial, RevocationReason.KeyCompromise, default);
                await r.Registry.Save(new Evercard.Registry.Audit.AuditEvent { Kind = "CertificateRevoked" }, default);
            },
            default);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.LogIn()).ShouldSay(
                "CARD-REVOKED", "The log-in certificate of this smartcard was revoked.", "Ask your registration authority.");
        }

        (await service.AuditSince(mark)).ShouldContain("LogInRefused CARD-REVOKED");
    }

    [Fact]
    public async Task Another_persons_card_is_not_renewed_from_my_session()
    {
        var (wren, _) = await service.Issue();
        var (callum, _) = await service.Issue(daysLeft: 20, person: SampleWard.Callum);
        var before = CardState.Of(callum);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(wren))
        using (service.Ward4Pc1.With(callum, Computer.SecondReader))
        {
            var session = await service.Ward4Pc1.Session();
            (await service.Ward4Pc1.Renew(session, passcode: "000000", reader: Computer.SecondReader)).ShouldSay(
                "CARD-NOT-YOURS", "This is Callum Marsh's smartcard. You are logged in as Wren Holloway.", "Put your own card in, or log out.");
        }

        CardState.Of(callum).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("RenewalRefused CARD-NOT-YOURS");
    }

    private Task Cancel(Guid id) => service.Change("CardCancelled", r =>
    {
        var cancelled = r.Registry.Smartcards.Single(c => c.Id == id);
        (cancelled.Status, cancelled.CancelledAt, cancelled.CancelledBecause) =
            (SmartcardStatus.Cancelled, new DateTimeOffset(2026, 6, 2, 9, 0, 0, TimeSpan.Zero), "it was reported lost");
    });

    private Task Record(Action<Organisation> change) => service.Change("OrganisationChanged", r => change(r.Registry.Organisations.Single(o => o.Code == "DEMO1")));

    private static string? HelpIn(Evercard.Protocol.Refused refused) => refused.Facts?.GetValueOrDefault("help");
}
