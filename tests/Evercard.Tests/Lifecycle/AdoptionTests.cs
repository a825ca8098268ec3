using Evercard.Agent.CardScripts;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Drivers;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Issuance;
using Evercard.Lifecycle.Renewal;
using Evercard.Protocol;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>A card that somebody prepared by hand becomes one of ours.</summary>
public sealed class AdoptionTests(OpenWard open) : IClassFixture<OpenWard>
{
    private readonly Ward ward = open.Ward;

    [Fact]
    public async Task A_card_prepared_by_hand_is_adopted_and_renewed()
    {
        var (card, chuid) = Prepared();
        var issued = (await Adopt(card)).ShouldBeOfType<IssuanceOutcome.Issued>();
        issued.SmartcardId.ShouldBe(chuid.CardUuid);
        card.Image.Read(DataObject.Chuid).ShouldBe(chuid.Encode());

        var old = await RenewalTests.Serials(ward, issued.SmartcardId);
        var session = await ward.Session(card, issued.SmartcardId);
        (await ward.Visit(card, issued.SmartcardId, session)).ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.IsRenewed(ward, card, issued.SmartcardId, old);
    }

    [Fact]
    public async Task An_adopted_card_gets_a_9B_of_its_own_and_the_factorys_works_no_more()
    {
        var (one, _) = Prepared();
        var (other, _) = Prepared();
        await Adopt(one);
        await Adopt(other);
        one.Image.Administration.Value.ShouldNotBe(StoredAdministrationKey.Factory(PivAlgorithm.TripleDes).Value);
        one.Image.Administration.Value.ShouldNotBe(other.Image.Administration.Value);

        one.PowerOn();
        one.Transmit(PivCommands.Select());
        using var factory = AdministrationKey.Factory();
        var asked = one.Transmit(PivCommands.RequestWitness(PivAlgorithm.TripleDes));
        DynamicAuthentication.TryReadWitness(asked.Data, PivAlgorithm.TripleDes, out var witness).ShouldBeTrue();
        one.Transmit(PivCommands.AnswerWitness(PivAlgorithm.TripleDes, factory.DecryptWitness(witness.Span), new byte[8])).Status.IsSuccess.ShouldBeFalse();
        one.PowerOff();
    }

    [Fact]
    public async Task A_card_that_cannot_set_9B_is_adopted_with_the_one_it_has()
    {
        var key = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        var (card, chuid) = Prepared(new CardModel { AdministrationAlgorithm = PivAlgorithm.Aes256 }, key);
        (await Adopt(card, new AdministrationKey(PivAlgorithm.Aes256, key), CardDriver.StandardPiv)).ShouldBeOfType<IssuanceOutcome.Issued>();
        card.Image.Administration.Value.ShouldBe(key);
        var session = await ward.Session(card, chuid.CardUuid);
        (await ward.Visit(card, chuid.CardUuid, session)).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    [Fact]
    public async Task A_card_without_a_CHUID_gets_one()
    {
        var (card, _) = Prepared();
        card.Image.Write(DataObject.Chuid, default);
        var issued = (await Adopt(card)).ShouldBeOfType<IssuanceOutcome.Issued>();
        Chuid.TryDecode(card.Image.Read(DataObject.Chuid)!, out var chuid).ShouldBeTrue();
        chuid!.CardUuid.ShouldBe(issued.SmartcardId);
    }

    [Fact]
    public async Task A_wrong_9B_records_nothing_and_changes_nothing()
    {
        var (card, chuid) = Prepared();
        var before = CardState.Of(card);
        await Should.ThrowAsync<CardException>(() => Adopt(card, AdministrationKey.Random(PivAlgorithm.TripleDes)));
        CardState.Of(card).ShouldBe(before);
        await IsNotOnTheBooks(chuid.CardUuid);
    }

    /// <summary>Found by this test: the card was on the books already and had lost its keys and its 9B.</summary>
    [Fact]
    public async Task A_wrong_passcode_records_nothing_and_changes_nothing_but_its_try()
    {
        var (card, chuid) = Prepared();
        var before = CardState.KeysAndObjects(card);
        var refused = (await Adopt(card, passcode: "000000")).ShouldBeOfType<IssuanceOutcome.Refused>().Refusal;
        (refused.Code, refused.TriesLeft).ShouldBe(("PASSCODE-WRONG", 2));
        CardState.KeysAndObjects(card).ShouldBe(before);
        await IsNotOnTheBooks(chuid.CardUuid);
        (await Adopt(card)).ShouldBeOfType<IssuanceOutcome.Issued>();
    }

    [Fact]
    public async Task A_computer_that_is_not_approved_adopts_nothing()
    {
        var (card, chuid) = Prepared();
        var before = CardState.Of(card);
        var refused = (await AtPc1(card, (order, local) => new Adoption(ward.Database, ward.Authority, ward.Options, ward.Time).Adopt(order, local, AdministrationKey.Factory(), default)))
            .ShouldBeOfType<IssuanceOutcome.Refused>().Refusal;
        (refused.Code, refused.NextStep).ShouldBe(("AGENT-NOT-APPROVED", "Ask the registration authority to approve it."));
        CardState.Of(card).ShouldBe(before);
        await IsNotOnTheBooks(chuid.CardUuid);
        (await ward.AuditTrail(chuid.CardUuid)).ShouldBe(["IssuanceRefused"]);
    }

    [Fact]
    public async Task A_card_with_something_on_it_is_adopted_and_not_issued()
    {
        var (card, chuid) = Prepared();
        var before = CardState.Of(card);
        var refused = (await AtPc1(card, (order, local) => new Issuance(ward.Database, ward.Authority, ward.Options, ward.Time).Issue(order, local, AdministrationKey.Factory(), "12345678"u8.ToArray(), default)))
            .ShouldBeOfType<IssuanceOutcome.Refused>().Refusal;
        (refused.Code, refused.Detail).ShouldBe(("CARD-NOT-BLANK", "This smartcard has something on it already."));
        CardState.Of(card).ShouldBe(before);
        await IsNotOnTheBooks(chuid.CardUuid);
    }

    [Fact]
    public async Task A_card_that_is_on_the_books_is_not_adopted_again()
    {
        var (card, id) = await ward.Issue();
        var before = CardState.Of(card);
        var key = new AdministrationKey(PivAlgorithm.TripleDes, card.Image.Administration.Value);
        (await Adopt(card, key)).ShouldBeOfType<IssuanceOutcome.Refused>();
        CardState.Of(card).ShouldBe(before);
        (await ward.LogInWith(card, id)).ShouldBeOfType<Evercard.Lifecycle.LogIn.LogInOutcome.LoggedIn>();
    }

    [Fact]
    public async Task A_card_whose_issuance_was_cut_goes_back_to_the_registration_authority()
    {
        var (card, chuid) = Prepared();
        card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair, nth: 2);
        await Should.ThrowAsync<CardConnectionException>(() => Adopt(card));
        var refused = (await ward.LogInWith(card, chuid.CardUuid)).ShouldBeOfType<Evercard.Lifecycle.LogIn.LogInOutcome.Refused>().Refusal;
        (refused.Code, refused.NextStep).ShouldBe(("ISSUANCE-UNFINISHED", "Give it back to your registration authority."));
    }

    [Fact]
    public async Task An_adoption_cut_at_any_APDU_is_finished_by_adopting_again_with_the_key_that_its_owner_knows()
    {
        var (whole, _) = Prepared();
        var before = whole.ApdusSeen;
        (await Adopt(whole)).ShouldBeOfType<IssuanceOutcome.Issued>();
        for (var apdu = 1; apdu <= whole.ApdusSeen - before; apdu += 2)
        {
            var (card, chuid) = Prepared();
            card.CutAt(card.ApdusSeen + apdu, CutPoint.AfterEffect);
            await Should.ThrowAsync<CardConnectionException>(() => Adopt(card), $"APDU {apdu}");
            (await Adopt(card)).ShouldBeOfType<IssuanceOutcome.Issued>($"APDU {apdu}");
            (await ward.LogInWith(card, chuid.CardUuid)).ShouldBeOfType<Evercard.Lifecycle.LogIn.LogInOutcome.LoggedIn>($"APDU {apdu}");
        }
    }

    [Fact]
    public async Task An_adoption_that_the_authority_cannot_serve_leaves_the_card_and_its_9B_alone()
    {
        var (card, chuid) = Prepared();
        var before = CardState.Of(card);
        ward.SignerDown = true;
        try
        {
            await Should.ThrowAsync<AuthorityUnavailableException>(() => Adopt(card));
        }
        finally
        {
            ward.SignerDown = false;
        }

        CardState.Of(card).ShouldBe(before);
        await IsNotOnTheBooks(chuid.CardUuid);
    }

    private async Task IsNotOnTheBooks(Guid id) => (await ward.Read(r => r.Registry.Smartcards.AnyAsync(c => c.Id == id))).ShouldBeFalse();

    /// <summary>A card with a CHUID and a passcode of its own and the factory's 9B.</summary>
    private static (SimulatedCard Card, Chuid Chuid) Prepared(CardModel? model = null, ReadOnlyMemory<byte> administrationKey = default)
    {
        var card = SimulatedCard.CreateBlank(model ?? CardModel.Yubico, administrationKey: administrationKey);
        var chuid = new Chuid(new FascN(PersonIdentifier: 77).Encode(), Guid.NewGuid(), new DateOnly(2034, 5, 6));
        card.Image.Write(DataObject.Chuid, chuid.Encode());
        card.PowerOn();
        card.Transmit(PivCommands.Select());
        card.Transmit(PivCommands.ChangeReferenceData(ReferenceData.Passcode, [0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0xFF, 0xFF], [0x37, 0x33, 0x39, 0x31, 0x35, 0x34, 0xFF, 0xFF]))
            .Status.IsSuccess.ShouldBeTrue();
        card.PowerOff();
        return (card, chuid);
    }

    private async Task<IssuanceOutcome> Adopt(SimulatedCard card, AdministrationKey? key = null, CardDriver? driver = null, string passcode = SampleWard.Passcode)
    {
        using var readers = new SimulatedReaders("desk");
        readers.Insert("desk", card);
        using var connection = readers.Connect("desk");
        using var held = SampleWard.Hold(passcode, ward.Time);
        return await ward.Samples.Adopt(
            SampleWard.Wren, connection, driver ?? CardDriver.YubicoCompatible, key ?? AdministrationKey.Factory(), held, PivAlgorithm.P256, 30, default);
    }

    /// <summary>Issuance at a computer that only made itself known.</summary>
    private async Task<IssuanceOutcome> AtPc1(SimulatedCard card, Func<IssuanceOrder, LocalCard, Task<IssuanceOutcome>> act)
    {
        using var readers = new SimulatedReaders("desk");
        readers.Insert("desk", card);
        using var connection = readers.Connect("desk");
        using var held = SampleWard.Hold(SampleWard.Passcode, ward.Time);
        var order = new IssuanceOrder(
            SampleWard.Wren.Uuid, "0000 0000", CardDriver.YubicoCompatible.Name, PivAlgorithm.P256, PivAlgorithm.TripleDes,
            ward.Time.Now.AddDays(30), new DateOnly(2034, 5, 6), "ward4-pc1");
        var local = new LocalCard(connection, CardAct.Issuance, new ActBinding("http://server", "ward4-pc1", "act", 0), held, held, ward.Time);
        return await act(order, local);
    }
}
