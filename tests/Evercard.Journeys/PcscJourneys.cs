using Evercard.Interop.Judged;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The central stories once more, with the cards in readers of a real pcscd.</summary>
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

    /// <summary>Other programs see the card in the reader while the service is still at work, as they do on people's computers.</summary>
    [Fact]
    public async Task An_expired_card_in_the_second_reader_of_pcscd_is_repaired_and_then_signs_for_OpenSC_and_OpenSSL_believes_it()
    {
        const string NewPasscode = "284617";
        await using var priya = await stage.Enter("repair-pcsc");
        await stage.Server.Do("approve");
        try
        {
            await priya.ComesToDashboard(await stage.SampleCard("priya"), "ID Checker, Thistledown Hospitals (demo)");
            await priya.Tab.Follow("Manage Smartcard");
            await priya.Tab.Meets(AtTheDesk.Insert);
            await stage.Insert(await stage.SampleCard("rosa"), Stage.SecondReader);
            await priya.Tab.ComesToRepair();
            await priya.Tab.KnowsAndConfirms();
            await priya.Tab.HandsOver("Rosa", NewPasscode);
            await priya.Tab.TestsTheCard(NewPasscode);
            await RepairedCard.ShouldWork(await PcscStage.NameOf(Stage.SecondReader), "Rosa Tanglewood", NewPasscode, Stage.Passcode, stage.Folder);
        }
        finally
        {
            await stage.Remove();
            await stage.Remove(Stage.SecondReader);
        }
    }
}
