using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Tests.Cards.Readers;

namespace Evercard.Tests.Cards.Iso7816;

public sealed class CommandChainingTests
{
    [Fact]
    public void A_long_command_goes_in_links_of_255_bytes()
    {
        var data = Enumerable.Range(0, 600).Select(i => (byte)i).ToArray();
        using var card = new ScriptedConnection(_ => ResponseApdu.Ok());
        CommandChaining.Transmit(card, new CommandApdu(0x00, 0xDB, 0x3F, 0xFF, data)).Status.ShouldBe(StatusWord.Success);
        card.Sent.Select(link => (link.Cla, link.Data.Length, link.Le)).ShouldBe([(0x10, 255, null), (0x10, 255, null), (0x00, 90, null)]);
        card.Sent.SelectMany(link => link.Data.ToArray()).ShouldBe(data);
        card.Sent.ShouldAllBe(link => !link.NeedsExtendedLength);
    }

    [Fact]
    public void Exactly_255_bytes_are_one_command()
    {
        using var card = new ScriptedConnection(_ => ResponseApdu.Ok());
        CommandChaining.Transmit(card, new CommandApdu(0x00, 0xDB, 0x3F, 0xFF, new byte[255]));
        card.Sent.ShouldHaveSingleItem().IsChained.ShouldBeFalse();
    }

    [Fact]
    public void Only_the_last_link_expects_data()
    {
        using var card = new ScriptedConnection(_ => ResponseApdu.Ok());
        CommandChaining.Transmit(card, new CommandApdu(0x00, 0x87, 0x07, 0x9C, new byte[266], 65_536));
        card.Sent.Select(link => link.Le).ShouldBe([null, 256]);
    }

    [Fact]
    public void A_refused_link_ends_the_chain()
    {
        using var card = new ScriptedConnection(_ => ResponseApdu.Of(StatusWord.NotEnoughMemory));
        CommandChaining.Transmit(card, new CommandApdu(0x00, 0xDB, 0x3F, 0xFF, new byte[600])).Status.ShouldBe(StatusWord.NotEnoughMemory);
        card.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public void A_long_answer_is_put_together()
    {
        var answers = new Queue<string>(["01 02 61 00", "03 04 61 02", "05 06 90 00"]);
        using var card = new ScriptedConnection(_ => ScriptedConnection.Answer(answers.Dequeue()));
        var whole = CommandChaining.Transmit(card, new CommandApdu(0x00, 0xCB, 0x3F, 0xFF, new byte[5], 256));
        Hex.Of(whole.ToBytes()).ShouldBe("01 02 03 04 05 06 90 00");
        Hex.Of(card.Sent[1].ToBytes()).ShouldBe("00 C0 00 00 00");
        Hex.Of(card.Sent[2].ToBytes()).ShouldBe("00 C0 00 00 02");
    }

    [Fact]
    public void An_answer_without_end_is_refused()
    {
        using var card = new ScriptedConnection(_ => new ResponseApdu(new byte[256], new StatusWord(0x6100)));
        var refused = Should.Throw<CardConnectionException>(() => CommandChaining.Transmit(card, new CommandApdu(0x00, 0xCB, 0x3F, 0xFF)));
        refused.Failure.ShouldBe(CardConnectionFailure.Unresponsive);
        card.Sent.Count.ShouldBeLessThanOrEqualTo(257);
    }

    [Fact]
    public void An_answer_that_is_doled_out_by_the_byte_is_refused_after_300_parts()
    {
        using var card = new ScriptedConnection(_ => ScriptedConnection.Answer("AA 61 01"));
        Should.Throw<CardConnectionException>(() => CommandChaining.Transmit(card, new CommandApdu(0x00, 0xCB, 0x3F, 0xFF)))
            .Failure.ShouldBe(CardConnectionFailure.Unresponsive);
        card.Sent.Count.ShouldBe(301);
    }

    [Fact]
    public void An_answer_in_301_parts_that_ends_is_whole()
    {
        var parts = 0;
        using var card = new ScriptedConnection(_ => ScriptedConnection.Answer(++parts == 301 ? "AA 90 00" : "AA 61 01"));
        CommandChaining.Transmit(card, new CommandApdu(0x00, 0xCB, 0x3F, 0xFF)).Data.Length.ShouldBe(301);
    }

    [Fact]
    public void An_answer_that_never_brings_data_is_refused()
    {
        using var card = new ScriptedConnection(_ => ScriptedConnection.Answer("61 10"));
        Should.Throw<CardConnectionException>(() => CommandChaining.Transmit(card, new CommandApdu(0x00, 0xCB, 0x3F, 0xFF)))
            .Failure.ShouldBe(CardConnectionFailure.Unresponsive);
        card.Sent.Count.ShouldBe(2);
    }
}
