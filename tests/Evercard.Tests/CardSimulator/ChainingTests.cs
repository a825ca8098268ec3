using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

/// <summary>Long commands and long answers, and the size of a data object.</summary>
public sealed class ChainingTests
{
    private const string ReadCertificate = "00CB3FFF055C035FC105";

    [Theory]
    [InlineData(1)]
    [InlineData(250)]
    [InlineData(256)]
    [InlineData(1_500)]
    [InlineData(CardModel.LargeObjects)]
    public void An_object_is_written_in_links_and_read_in_parts(int size)
    {
        var card = TestCard.Administered();
        var value = RandomNumberGenerator.GetBytes(size);
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, value)).Status.ShouldBe(StatusWord.Success);
        var answer = card.Run(PivCommands.GetData(DataObject.AuthenticationCertificate));
        answer.Data.ToArray().ShouldBe(BerTlv.Encode(0x53, value));
    }

    [Fact]
    public void Extended_length_does_the_same_in_one_command()
    {
        var card = TestCard.Administered();
        var value = RandomNumberGenerator.GetBytes(1_500);
        var answer = card.Card.Process(PivCommands.PutData(DataObject.AuthenticationCertificate, value));
        answer.Status.ShouldBe(StatusWord.Success);
        answer = card.Card.Process(PivCommands.GetData(DataObject.AuthenticationCertificate) with { Le = CommandApdu.MaxExtendedLe });
        answer.Data.ToArray().ShouldBe(BerTlv.Encode(0x53, value));
        answer.Status.ShouldBe(StatusWord.Success);
    }

    [Fact]
    public void A_family_may_refuse_extended_length()
    {
        var card = TestCard.Administered(new CardModel { ExtendedLength = false });
        card.Card.Process(PivCommands.PutData(DataObject.Chuid, new byte[300])).Status.ShouldBe(StatusWord.WrongLength);
        card.Run(PivCommands.PutData(DataObject.Chuid, new byte[300])).Status.ShouldBe(StatusWord.Success);
    }

    [Fact]
    public void The_status_word_61_tells_how_much_is_left()
    {
        var card = TestCard.Administered();
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, new byte[600])).Status.ShouldBe(StatusWord.Success);
        card.Status(ReadCertificate + "00").ShouldBe("6100");
        card.Status("00C0000000").ShouldBe("615C");
        card.Send("00C000005C").Length.ShouldBe(2 * (0x5C + 2));
        card.Status("00C0000000").ShouldBe("6985");
    }

    [Fact]
    public void Another_command_drops_what_was_left()
    {
        var card = TestCard.Administered();
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, new byte[600])).Status.ShouldBe(StatusWord.Success);
        card.Send(ReadCertificate + "00");
        card.Send(TestCard.AskTries);
        card.Status("00C0000000").ShouldBe("6985");
    }

    [Fact]
    public void A_link_of_another_instruction_aborts_the_chain()
    {
        var card = TestCard.Administered();
        card.Status("10DB3FFF075C035FC1025304").ShouldBe("9000");
        card.Status(TestCard.AskTries).ShouldBe("63C3");
        card.Status("00DB3FFF04AABBCCDD").ShouldBe("6A80");
        card.Card.Image.Read(DataObject.Chuid).ShouldBeNull();
    }

    [Fact]
    public void Instructions_that_cannot_be_chained_say_so() =>
        TestCard.Selected().Status("1020008004" + "31323334").ShouldBe("6884");

    [Theory]
    [InlineData(CardModel.SmallObjects)]
    [InlineData(CardModel.LargeObjects)]
    public void An_object_beyond_the_limit_is_refused_and_the_old_one_stays(int limit)
    {
        var card = TestCard.Administered(new CardModel { MaxObjectSize = limit });
        var old = RandomNumberGenerator.GetBytes(limit);
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, old)).Status.ShouldBe(StatusWord.Success);
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, new byte[limit + 1])).Status.ShouldBe(StatusWord.NotEnoughMemory);
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, new byte[limit + 500])).Status.ShouldBe(StatusWord.NotEnoughMemory);
        card.Card.Image.Read(DataObject.AuthenticationCertificate).ShouldBe(old);
    }

    [Fact]
    public void An_endless_chain_to_a_key_is_refused()
    {
        var card = TestCard.Selected(new CardModel { MaxObjectSize = 300 });
        var link = "1087079AFF" + new string('0', 510);
        card.Status(link).ShouldBe("9000");
        card.Status(link).ShouldBe("6700");
    }

    [Fact]
    public void An_absent_object_is_not_found_and_an_empty_write_removes_one()
    {
        var card = TestCard.Administered();
        card.Status(ReadCertificate + "00").ShouldBe("6A82");
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, [1])).Status.ShouldBe(StatusWord.Success);
        card.Run(PivCommands.PutData(DataObject.AuthenticationCertificate, [])).Status.ShouldBe(StatusWord.Success);
        card.Status(ReadCertificate + "00").ShouldBe("6A82");
        TestCard.Selected(new CardModel { Quirks = new CardQuirks { AbsentObjectsAreEmpty = true } })
            .Send(ReadCertificate + "00").ShouldBe("53009000");
    }

    [Fact]
    public void The_discovery_object_comes_with_its_own_tag()
    {
        var card = TestCard.Administered();
        card.Send("00CB3FFF035C017E00").ShouldBe("7E124F0BA0000003080000100001005F2F0240009000");
        card.Run(PivCommands.PutData(DataObject.Discovery, [0x5F, 0x2F, 0x02, 0x60, 0x10])).Status.ShouldBe(StatusWord.Success);
        card.Send("00CB3FFF035C017E00").ShouldBe("7E055F2F0260109000");
    }

    [Theory]
    [InlineData("00CB3FFE055C035FC10500", "6A86")]
    [InlineData("00CB3FFF055D035FC10500", "6A80")]
    [InlineData("00CB3FFF055C045FC10500", "6A80")]
    [InlineData("00CB3FFF055C035FC1FF00", "6A82")]
    [InlineData("00CB3FFF055C035FFF0000", "6A82")]
    [InlineData("00DB3FFF095C035FC1FF5302AABB", "6A82")]
    [InlineData("00DB3FFF095C035FC1025402AABB", "6A80")]
    [InlineData("80CB3FFF055C035FC10500", "6E00")]
    public void What_makes_no_sense_is_refused(string command, string status) => TestCard.Administered().Status(command).ShouldBe(status);
}
