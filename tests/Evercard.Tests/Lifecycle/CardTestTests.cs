using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.Cards.Piv;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.CardTest;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Protocol;

namespace Evercard.Tests.Lifecycle;

public sealed class CardTestTests
{
    [Fact]
    public async Task A_repaired_card_signs_with_both_keys_and_is_accepted()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();
        var tested = (await Test(desk, card, id, Desk.NewPasscode)).ShouldBeOfType<CardTestOutcome.Tested>();
        (tested.LogIn, tested.Signature, tested.Accepted, tested.Works).ShouldBe((true, true, true, true));
        (await desk.Ward.AuditTrail(id)).Last().ShouldBe("SmartcardTested");
    }

    [Fact]
    public async Task An_expired_card_signs_and_is_not_accepted()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        var tested = (await Test(desk, card, id, SampleWard.Passcode)).ShouldBeOfType<CardTestOutcome.Tested>();
        (tested.LogIn, tested.Signature, tested.Accepted).ShouldBe((true, true, false));
    }

    [Fact]
    public async Task A_card_that_lost_a_key_or_a_certificate_does_not_work()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();
        card.Image.Write(DataObject.SignatureCertificate, card.Image.Read(DataObject.AuthenticationCertificate)!);
        var tested = (await Test(desk, card, id, Desk.NewPasscode)).ShouldBeOfType<CardTestOutcome.Tested>();
        (tested.LogIn, tested.Signature, tested.Works).ShouldBe((true, false, false));
    }

    [Fact]
    public async Task A_wrong_passcode_another_card_and_a_receptionist_are_refused()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        Code(await Test(desk, card, id, "111222")).ShouldBe("PASSCODE-WRONG");
        var (other, _) = await desk.Ward.Issue(100);
        Code(await Test(desk, other, id, SampleWard.Passcode)).ShouldBe("CARD-UNKNOWN");
        Code(await Test(desk, card, id, SampleWard.Passcode, await desk.LogIn(role: "Receptionist"))).ShouldBe("PERMISSION-NONE");
    }

    private static string Code(CardTestOutcome outcome) => outcome.ShouldBeOfType<CardTestOutcome.Refused>().Refusal.Code;

    private static async Task<CardTestOutcome> Test(Desk desk, SimulatedCard card, Guid id, string passcode, string? session = null)
    {
        var ward = desk.Ward;
        using var readers = new SimulatedReaders("other");
        readers.Insert("other", card);
        using var connection = readers.Connect("other");
        using var held = SampleWard.Hold(passcode, ward.Time);
        var local = new LocalCard(connection, CardAct.Test, new ActBinding("http://server", "ward4-pc1", Guid.NewGuid().ToString("N"), 0), held, null, ward.Time);
        return await new CardTest(ward.Database, ward.Authority, RoleTable.Of(RoleTable.Classic), ward.Options, ward.Time).Run(id, session ?? desk.Session, local, default);
    }
}
