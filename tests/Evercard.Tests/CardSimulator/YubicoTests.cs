using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

/// <summary>The instructions that no standard names.</summary>
public sealed class YubicoTests
{
    [Theory]
    [InlineData("00F7009B00")]
    [InlineData("00F8000000")]
    [InlineData("00FD000000")]
    [InlineData("00FFFFFF1B039B18" + "0102030405060708" + "1112131415161718" + "2122232425262728")]
    public void A_standard_card_does_not_know_them(string command)
    {
        TestCard.Administered().Status(command).ShouldBe("6D00");
        TestCard.Administered(new CardModel { Quirks = new CardQuirks { UnknownInstructionIsIncorrectParameters = true } })
            .Status(command).ShouldBe("6A86");
    }

    [Fact]
    public void Version_and_serial_number_are_told()
    {
        var card = TestCard.Selected(CardModel.Yubico);
        card.Send("00FD000000").ShouldBe("0504039000");
        card.Send("00F8000000").ShouldBe(card.Card.Image.SerialNumber.ToString("X8") + "9000");
    }

    [Theory]
    [InlineData("00F7009B00", "01010302020001050101" + "9000")]
    [InlineData("00F7008000", "0101FF05010106020303" + "9000")]
    [InlineData("00F7008100", "0101FF05010106020303" + "9000")]
    [InlineData("00F7009A00", "6A88")]
    public void Metadata_of_a_blank_card(string command, string answer) => TestCard.Selected(CardModel.Yubico).Send(command).ShouldBe(answer);

    [Fact]
    public void Metadata_of_a_key_holds_its_public_key()
    {
        var card = TestCard.Administered(CardModel.Yubico);
        var key = card.Generate(KeyReference.Signature, PivAlgorithm.P256);
        var answer = card.Run(PivCommands.GetMetadata(KeyReference.Signature));
        BerTlv.TryReadAll(answer.Data, TlvReading.Strict, out var fields).ShouldBeTrue();
        PivPublicKey.TryReadFields(BerTlv.Find(fields, 0x04)!.Value, PivAlgorithm.P256, out var told).ShouldBeTrue();
        told.ShouldBe(key);
        BerTlv.Find(fields, 0x02)!.Value.ToArray().ShouldBe([0x03, 0x01]);
    }

    [Theory]
    [InlineData(PivAlgorithm.TripleDes)]
    [InlineData(PivAlgorithm.Aes128)]
    [InlineData(PivAlgorithm.Aes192)]
    [InlineData(PivAlgorithm.Aes256)]
    public void The_administration_key_is_set_after_the_old_one_was_proven(PivAlgorithm algorithm)
    {
        var card = TestCard.Selected(CardModel.Yubico);
        using var next = AdministrationKey.Random(algorithm);
        card.Run(PivCommands.SetManagementKey(algorithm, next.Bytes)).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        card.ProveAdministration();
        card.Run(PivCommands.SetManagementKey(algorithm, next.Bytes)).Status.ShouldBe(StatusWord.Success);
        card.Send(TestCard.SelectPiv);
        Administration.Mutual(card, next).ShouldBe(StatusWord.Success);
    }

    [Theory]
    [InlineData("00FFFFFE1B039B18010203040506070811121314151617182122232425262728", "6A86")]
    [InlineData("00FFFFFF1B039A18010203040506070811121314151617182122232425262728", "6A80")]
    [InlineData("00FFFFFF1B0C9B18010203040506070811121314151617182122232425262728", "6A80")]
    [InlineData("00FFFFFF1B039B18010101010101010101010101010101010101010101010101", "6A80")]
    [InlineData("00FFFFFF02039B", "6700")]
    public void A_key_that_makes_no_sense_is_refused(string command, string status) =>
        TestCard.Administered(CardModel.Yubico).Status(command).ShouldBe(status);
}
