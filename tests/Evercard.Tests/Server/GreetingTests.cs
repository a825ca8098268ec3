using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server;

public sealed class GreetingTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    /// <summary>Any CHUID with a known number in it was good for acts on that card, which took its renewal from others.</summary>
    [Fact]
    public async Task A_number_that_is_known_in_a_CHUID_that_is_not_gives_no_act()
    {
        var (card, id) = await service.Issue();
        var forged = new Chuid(new FascN(PersonIdentifier: 77).Encode(), id, new DateOnly(2031, 1, 1)).Encode();
        forged.AsSpan().SequenceEqual(card.Image.Read(DataObject.Chuid)!).ShouldBeFalse();
        using var agent = await BareAgent.Join(service.Address);
        await agent.Send(new SeeCard("s-1", "Reader 0", forged, HasPivApplication: true, Insertion: 1));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        await agent.Send(new LogIn("l-1", "Reader 0"));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        await agent.Send(new Renew("r-1", null, "Reader 0", TakeOver: true));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        (await service.Read(r => r.Registry.AuditEvents.CountAsync(e => e.SmartcardId == id && e.Kind == "RenewalRefused"))).ShouldBe(0);
    }

    [Fact]
    public async Task One_link_shows_cards_in_sixteen_readers_and_no_more()
    {
        var (card, _) = await service.Issue();
        var chuid = card.Image.Read(DataObject.Chuid)!;
        using var agent = await BareAgent.Join(service.Address);
        for (var i = 0; i < SeenCards.MostReaders; i++)
        {
            await agent.Send(new SeeCard("s", $"Reader {i}", chuid, HasPivApplication: true, Insertion: 1));
            await agent.Receive<CardGreeting>();
        }

        await agent.Send(new SeeCard("s", "Reader 16", chuid, HasPivApplication: true, Insertion: 1));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-BUSY");
        await agent.Send(new CardGone("Reader 3", 1));
        await agent.Send(new SeeCard("s", "Reader 16", chuid, HasPivApplication: true, Insertion: 1));
        await agent.Receive<CardGreeting>();
    }

    /// <summary>It was greeted as a repair that any ID Checker can finish.</summary>
    [Fact]
    public async Task A_card_that_was_never_finished_goes_back_to_the_registration_authority()
    {
        var (card, id) = await service.Issue();
        await service.Change("IssuanceReopened", r =>
        {
            var issuance = r.Registry.Operations.Single(o => o.SmartcardId == id && o.Act == Act.Issuance);
            (issuance.State, issuance.ClosedAt, issuance.ClosedBecause) = (OperationState.Waiting, null, null);
        });
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Greet()).ShouldRefuse("ISSUANCE-UNFINISHED");
            (await service.Ward4Pc1.LogIn()).ShouldRefuse("ISSUANCE-UNFINISHED");
        }
    }
}
