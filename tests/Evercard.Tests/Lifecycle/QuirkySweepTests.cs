using Evercard.Cards.Drivers;
using Evercard.CardSimulator;
using Evercard.Lifecycle.Renewal;

namespace Evercard.Tests.Lifecycle;

/// <summary>The promise of <see cref="Faults.SingleFaultTests"/> on a card that differs from ours in everything a card may differ in.</summary>
[Trait("Kind", "sweep")]
public sealed class QuirkySweepTests(OpenWard open) : IClassFixture<OpenWard>
{
    private const int EmptyResponse = 0x8200;

    [Fact]
    public async Task A_card_with_every_quirk_and_short_APDUs_cut_after_any_APDU_is_finished_at_another_computer()
    {
        var model = new CardModel { ExtendedLength = false, Quirks = Everything() };
        var sweep = new CutSweep(open.Ward, () => OtherCards.Factory(open.Ward, model));
        foreach (var apdu in Enumerable.Range(1, (await sweep.Undisturbed()).Count))
        {
            await sweep.CutAndFinish(apdu, CutPoint.AfterEffect);
        }

        await CardCheck.AuditChainIsWhole(open.Ward);
    }

    /// <summary>The answer to the witness as the card's driver has it, and as no other does.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_renewal_asks_for_the_response_of_9B_where_the_driver_says_so(bool yubico)
    {
        var driver = yubico ? CardDriver.YubicoCompatible : CardDriver.StandardPiv;
        var (card, id) = await OtherCards.Factory(open.Ward, yubico ? CardModel.Yubico : new CardModel());
        var session = await open.Ward.Session(card, id);
        var asked = new List<bool>();
        card.Transcript = exchange =>
        {
            // 7C, length, then the witness 80.
            if (exchange.Command is { Ins: 0x87, P2: 0x9B } command && command.Data.Span[3] > 0)
            {
                asked.Add(((command.Data.Span[^2] << 8) | command.Data.Span[^1]) == EmptyResponse);
            }
        };

        (await open.Ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Completed>();

        asked.Count.ShouldBeGreaterThan(3);
        asked.ShouldAllBe(one => one == driver.AsksForResponse);
        driver.AsksForResponse.ShouldBe(!yubico);
    }

    private static CardQuirks Everything()
    {
        var quirks = new CardQuirks();
        foreach (var quirk in typeof(CardQuirks).GetProperties().Where(p => p.PropertyType == typeof(bool)))
        {
            quirk.SetValue(quirks, true);
        }

        return quirks;
    }
}
