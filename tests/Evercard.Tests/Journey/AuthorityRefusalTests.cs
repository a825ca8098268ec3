using Evercard.Cards.Piv;
using Evercard.Lifecycle;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Journey;

/// <summary>The certificate authority gives no certificates.</summary>
public sealed class AuthorityRefusalTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Fact]
    public async Task Before_a_key_is_touched_nothing_on_the_card_has_changed_and_it_can_be_begun_again()
    {
        var (card, _) = await service.Issue();
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            var loggedIn = (await service.Ward4Pc1.LogIn()).ShouldBeDone();
            var before = CardState.Of(card);
            service.SignerDown = true;
            (await service.Ward4Pc1.Renew(loggedIn.SessionId)).ShouldSay(
                "CA-DOWN", "We cannot make certificates just now. Nothing on your card has changed.",
                $"Try again later. Your card works until {Expiry.InWords(loggedIn.NotAfter, service.Options.TimeZone)}.");
            CardState.Of(card).ShouldBe(before);
            (await service.AuditSince(mark)).ShouldContain("RenewalWaiting CA-DOWN");

            service.SignerDown = false;
            (await service.Ward4Pc1.Renew(loggedIn.SessionId)).ShouldBeDone();
        }
    }

    [Fact]
    public async Task After_a_key_was_made_the_card_is_safe_and_the_renewal_is_finished_elsewhere()
    {
        var (card, id) = await service.Issue();
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            card.Transcript = exchange => service.SignerDown |= exchange.Command.Ins == PivInstruction.GenerateAsymmetricKeyPair;
            (await service.Ward4Pc1.Renew(session)).ShouldSay(
                "CA-DOWN", "We cannot make certificates just now. Your card is safe.", "Finish the renewal later, on any computer.");
            card.Transcript = null;
            (await service.AuditSince(mark)).ShouldContain("RenewalWaiting CA-DOWN");

            // Both old certificates still stand: nothing is retired before its successor is proven.
            (await service.Read(r => r.Registry.Credentials.CountAsync(c => c.SmartcardId == id && c.Status == CredentialStatus.Current))).ShouldBe(2);
            (await service.Ward4Pc1.Renew(session)).ShouldRefuse("CA-DOWN");
        }

        service.SignerDown = false;
        using (service.Ward4Pc2.With(card))
        {
            (await service.Ward4Pc2.Renew(null)).ShouldBeDone();
            (await service.Ward4Pc2.LogIn()).ShouldBeDone();
        }

        var steps = await service.Read(r => r.Registry.OperationSteps
            .Where(s => r.Registry.Operations.Any(o => o.Id == s.OperationId && o.SmartcardId == id && o.Act == Act.Renewal)).ToListAsync());
        steps.Select(s => (s.KeyReference, s.Attempt, s.State)).Order().ShouldBe([((byte)0x9A, 1, StepState.Proven), ((byte)0x9C, 1, StepState.Proven)]);
    }
}
