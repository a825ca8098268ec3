using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The central story once more, with the card in a reader of a real pcscd.</summary>
[Collection(Everybody.Name)]
public sealed class PcscJourneys(PcscStage stage) : IClassFixture<PcscStage>
{
    [Fact]
    public async Task The_card_is_renewed_in_a_reader_of_pcscd_and_tested()
    {
        await using var wren = await stage.Enter("renewal-pcsc");
        var card = await stage.CardOfWren();
        try
        {
            await wren.ComesToRenew(card);
            await wren.ContinuesAndConfirms();
            await wren.Tab.Meets("Success: certificate renewed for smartcard");
            await stage.Remove();
            await wren.Tab.Reads("✓ Take your smartcard out");
            await wren.Inserts(card);
            await wren.LogsIn();
            await wren.Tab.Reads("Your smartcard works. Log-in confirmed 8:");
        }
        finally
        {
            await stage.Remove();
        }
    }
}
