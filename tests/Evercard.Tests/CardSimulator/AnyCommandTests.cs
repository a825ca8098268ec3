using Evercard.Cards.Iso7816;
using Evercard.CardSimulator;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.CardSimulator;

/// <summary>Whatever is sent to a card, it answers, and it loses no more than it should.</summary>
public sealed class AnyCommandTests
{
    private static readonly byte[] Instructions = [0x20, 0x24, 0x2C, 0x47, 0x87, 0xA4, 0xC0, 0xCB, 0xDB, 0xF7, 0xF8, 0xFD, 0xFF, 0x00];
    private static readonly byte[] Parameters = [0x00, 0x03, 0x04, 0x11, 0x3F, 0x80, 0x81, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0xFF];

    private static readonly byte[][] Fields =
    [
        [], [0x7C, 0x02, 0x80, 0x00], [0x7C, 0x02, 0x81, 0x00], [0x5C, 0x03, 0x5F, 0xC1, 0x02], [0x5C, 0x01, 0x7E],
        [0xAC, 0x03, 0x80, 0x01, 0x11], [0x5C, 0x03, 0x5F, 0xC1, 0x02, 0x53, 0x01, 0xAA], [.. "123456"u8, 0xFF, 0xFF], [.. "12345678123456"u8, 0xFF, 0xFF],
        [.. "999999"u8, 0xFF, 0xFF], [0xA0, 0x00, 0x00, 0x03, 0x08], [0x7C, 0x22, 0x82, 0x00, 0x81, 0x20, .. new byte[32]],
    ];

    private static readonly Gen<CommandApdu> Commands =
        from cla in Gen.Elements<byte>(0x00, 0x00, 0x00, 0x10, 0x80)
        from ins in Gen.Elements(Instructions)
        from p1 in Gen.Elements(Parameters)
        from p2 in Gen.Elements(Parameters)
        from data in Gen.OneOf(Gen.Elements(Fields), Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf())
        from le in Gen.Elements<int?>(null, 1, 256, 65_536)
        select new CommandApdu(cla, ins, p1, p2, data, le);

    [Fact]
    public void No_sequence_of_commands_makes_a_card_throw_or_give_its_rights_away() =>
        Prop.ForAll(Arb.From(Commands.ArrayOf()), commands =>
        {
            var card = TestCard.Selected(CardModel.Yubico);
            var before = card.Card.Image.Passcode.TriesLeft;
            foreach (var command in commands)
            {
                var answer = card.Card.Process(command);
                answer.Data.Length.ShouldBeLessThanOrEqualTo(command.Le ?? 256);
                var image = card.Card.Image;
                (before - image.Passcode.TriesLeft).ShouldBeLessThanOrEqualTo(1);
                before = image.Passcode.TriesLeft;
                // The factory 9B is never proven by chance: nothing was generated or written.
                image.Keys.ShouldBeEmpty();
                image.Objects.Count.ShouldBe(1);
                image.Administration.IsFactory.ShouldBeTrue();
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_administered_card_answers_any_sequence() =>
        Prop.ForAll(Arb.From(Commands.ArrayOf()), commands =>
        {
            var card = TestCard.Administered(CardModel.Yubico);
            foreach (var command in commands)
            {
                card.Card.Process(command).Data.Length.ShouldBeLessThanOrEqualTo(command.Le ?? 256);
            }
        }).QuickCheckThrowOnFailure();
}
