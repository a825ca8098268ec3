using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Renewal;

namespace Evercard.Tests.Lifecycle;

/// <summary>Cards in which right answers differ, and every algorithm of 9B: a whole renewal each.</summary>
public sealed class OtherCardTests(OpenWard open) : IClassFixture<OpenWard>
{
    public static TheoryData<string, CardQuirks> Quirks => new()
    {
        { nameof(CardQuirks.LastTryAnswersBlocked), new() { LastTryAnswersBlocked = true } },
        { nameof(CardQuirks.WrongAdministrationKeyIsIncorrectData), new() { WrongAdministrationKeyIsIncorrectData = true } },
        { nameof(CardQuirks.AbsentObjectsAreEmpty), new() { AbsentObjectsAreEmpty = true } },
        { nameof(CardQuirks.UnknownInstructionIsIncorrectParameters), new() { UnknownInstructionIsIncorrectParameters = true } },
        { nameof(CardQuirks.ShortPasscodeIsWrongLength), new() { ShortPasscodeIsWrongLength = true } },
        { nameof(CardQuirks.P384NeedsItsDigest), new() { P384NeedsItsDigest = true } },
        { nameof(CardQuirks.SelectKeepsSecurityStatus), new() { SelectKeepsSecurityStatus = true } },
        { nameof(CardQuirks.NoDigitThrice), new() { NoDigitThrice = true } },
        { nameof(CardQuirks.WitnessNeedsEmptyResponse), new() { WitnessNeedsEmptyResponse = true } },
    };

    [Theory]
    [MemberData(nameof(Quirks))]
    public async Task A_quirky_card_is_renewed(string name, CardQuirks quirks)
    {
        name.ShouldNotBeEmpty();
        // Only the standard's driver asks for the response in so many words.
        var model = quirks.WitnessNeedsEmptyResponse ? new CardModel() : CardModel.Yubico;
        await Renew(open.Ward, await OtherCards.Factory(open.Ward, model with { Quirks = quirks }));
    }

    [Fact]
    public void Every_quirk_is_tried() =>
        Quirks.Select(row => (string)row[0]).ShouldBe(
            typeof(CardQuirks).GetProperties().Where(p => p.PropertyType == typeof(bool)).Select(p => p.Name), ignoreOrder: true);

    [Fact]
    public async Task A_last_wrong_try_that_answers_blocked_at_once_is_a_locked_card()
    {
        var ward = open.Ward;
        var (card, id) = await OtherCards.Factory(ward, CardModel.Yubico with { Quirks = new() { LastTryAnswersBlocked = true } });
        foreach (var code in (string[])["PASSCODE-WRONG", "PASSCODE-WRONG", "CARD-LOCKED"])
        {
            (await ward.LogInWith(card, id, passcode: "000000")).ShouldBeOfType<Evercard.Lifecycle.LogIn.LogInOutcome.Refused>().Refusal.Code.ShouldBe(code);
        }
    }

    [Theory]
    [InlineData(PivAlgorithm.TripleDes)]
    [InlineData(PivAlgorithm.Aes128)]
    [InlineData(PivAlgorithm.Aes192)]
    [InlineData(PivAlgorithm.Aes256)]
    public async Task A_card_with_any_algorithm_of_9B_is_renewed(PivAlgorithm algorithm)
    {
        var issued = await OtherCards.Factory(open.Ward, CardModel.Yubico with { AdministrationAlgorithm = algorithm });
        issued.Card.Image.Administration.IsFactory.ShouldBeFalse();
        await Renew(open.Ward, issued);
    }

    [Fact]
    public async Task A_card_that_signs_P_384_digests_only_is_renewed_to_P_384()
    {
        using var ward = await Ward.Open(new LifecycleOptions { KeyAlgorithm = PivAlgorithm.P384 });
        await Renew(ward, await OtherCards.Factory(ward, CardModel.Yubico with { Quirks = new() { P384NeedsItsDigest = true } }, PivAlgorithm.P384));
        await Renew(ward, await OtherCards.Factory(ward, CardModel.Yubico with { Quirks = new() { P384NeedsItsDigest = true } }));
    }

    private static async Task Renew(Ward ward, (SimulatedCard Card, Guid Id) issued)
    {
        var old = await RenewalTests.Serials(ward, issued.Id);
        var outcome = await ward.Visit(issued.Card, issued.Id, await ward.Session(issued.Card, issued.Id));
        outcome.ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.IsRenewed(ward, issued.Card, issued.Id, old);
    }
}
