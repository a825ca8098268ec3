using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

public sealed class WornOutCardTests
{
    [Fact]
    public void It_stores_no_certificate_any_more_and_all_other_objects()
    {
        using var worn = SimulatedCard.CreateBlank(CardModel.Yubico);
        worn.WearOut();
        var card = new TestCard(worn.Image);
        card.Status(TestCard.SelectPiv).ShouldBe("9000");
        card.ProveAdministration();
        card.Run(PivCommands.PutData(DataObject.SignatureCertificate, [0x70, 0x00])).Status.ShouldBe(StatusWord.MemoryFailure);
        card.Run(PivCommands.PutData(DataObject.KeyHistory, [0xC1, 0x01, 0x00])).Status.ShouldBe(StatusWord.Success);
    }

    [Fact]
    public void It_is_still_worn_out_when_it_comes_from_its_file()
    {
        var folder = Directory.CreateTempSubdirectory("evercard-worn-").FullName;
        var file = Path.Combine(folder, "card.json");
        using (var card = SimulatedCard.CreateBlank(CardModel.Yubico, file))
        {
            card.WearOut();
        }

        using (var again = SimulatedCard.Open(file))
        {
            again.Image.RefusesCertificates.ShouldBeTrue();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_copy_is_another_card_with_the_same_contents()
    {
        var folder = Directory.CreateTempSubdirectory("evercard-copy-").FullName;
        var file = Path.Combine(folder, "card.json");
        SimulatedCard.CreateBlank(CardModel.Yubico, file).Dispose();
        using (var copy = SimulatedCard.Copy(file))
        using (var again = SimulatedCard.Open(file))
        {
            copy.WearOut();
            again.Image.RefusesCertificates.ShouldBeFalse();
            copy.Image.SerialNumber.ShouldBe(again.Image.SerialNumber);
        }

        Directory.Delete(folder, recursive: true);
    }
}
