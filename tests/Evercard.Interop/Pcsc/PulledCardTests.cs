using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Interop.Support;
using Evercard.Protocol;

namespace Evercard.Interop.Pcsc;

/// <summary>The card leaves the reader in the middle of its renewal, through PC/SC, and is finished in another one.</summary>
[Collection(ReadersCollection.Name)]
public sealed class PulledCardTests(VirtualReaders readers)
{
    [Theory]
    [InlineData(KeyReference.Signature)]
    [InlineData(KeyReference.Authentication)]
    public Task A_card_that_loses_power_after_a_key_was_made_is_finished_in_another_reader(KeyReference key) =>
        Finish((card, _, apdu) => card.CutAt(apdu + 1, CutPoint.AfterEffect), key);

    [Theory]
    [InlineData(KeyReference.Signature)]
    [InlineData(KeyReference.Authentication)]
    public Task A_card_that_is_pulled_while_a_key_is_made_is_finished_in_another_reader(KeyReference key) =>
        Finish((_, plugged, _) => plugged.Pull(), key);

    /// <param name="pull">Called while GENERATE ASYMMETRIC KEY PAIR is answered, with the number of that APDU.</param>
    /// <param name="key">Of which key.</param>
    private async Task Finish(Action<SimulatedCard, PluggedCard, int> pull, KeyReference key)
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, id) = await desk.Issue();
        using var issued = card;
        var old = await desk.Serials(id);
        await using (var first = await desk.PlugIn(readers, readers.All[2], card))
        {
            var session = (await desk.LogIn(first.Reader)).ShouldBeDone().SessionId;
            card.Transcript = exchange =>
            {
                if (exchange.Command.Ins == PivInstruction.GenerateAsymmetricKeyPair && exchange.Command.P2 == (byte)key)
                {
                    card.Transcript = null;
                    pull(card, first, exchange.Number);
                }
            };
            (await desk.Renew(first.Reader, session)).ShouldBeRefused("CARD-REMOVED");
        }

        await using var second = await PlugInUnfinished(desk, card);
        (await desk.Renew(second.Reader, null)).ShouldBeDone();

        await desk.ShouldBeRenewed(id, second.Reader, old);
    }

    private async Task<PluggedCard> PlugInUnfinished(Desk desk, SimulatedCard card)
    {
        var greeting = desk.NextGreeting(readers.All[3].Name);
        var plugged = await PluggedCard.Into(readers, readers.All[3], card);
        (await greeting).ShouldBeDone().State.ShouldBe(CardStanding.RenewalUnfinished);
        return plugged;
    }
}
