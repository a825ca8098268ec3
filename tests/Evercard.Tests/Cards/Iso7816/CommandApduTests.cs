using Evercard.Cards.Iso7816;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Cards.Iso7816;

/// <summary>ISO/IEC 7816-4, 5.2: the seven forms.</summary>
public sealed class CommandApduTests
{
    [Theory]
    [InlineData("00 20 00 80", 0, null)]
    [InlineData("00 CA 00 80 10", 0, 16)]
    [InlineData("00 CA 00 80 00", 0, 256)]
    [InlineData("00 20 00 80 02 31 32", 2, null)]
    [InlineData("00 20 00 80 02 31 32 00", 2, 256)]
    [InlineData("00 CA 00 80 00 01 01", 0, 257)]
    [InlineData("00 CA 00 80 00 00 00", 0, 65_536)]
    public void Bytes_are_read_and_written_again_the_same(string hex, int dataLength, int? le)
    {
        CommandApdu.TryParse(Hex.Bytes(hex), out var command).ShouldBeTrue();
        command.Data.Length.ShouldBe(dataLength);
        command.Le.ShouldBe(le);
        Hex.Of(command.ToBytes()).ShouldBe(hex);
    }

    [Fact]
    public void More_than_255_bytes_need_the_extended_form()
    {
        var bytes = new CommandApdu(0x00, 0xDB, 0x3F, 0xFF, new byte[256], 256).ToBytes();
        bytes.Length.ShouldBe(4 + 3 + 256 + 2);
        Hex.Of(bytes.AsSpan(0, 7)).ShouldBe("00 DB 3F FF 00 01 00");
        Hex.Of(bytes.AsSpan(bytes.Length - 2)).ShouldBe("01 00");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00 A4 04")]
    [InlineData("00 20 00 80 03 31 32")]
    [InlineData("00 20 00 80 01 31 00 00")]
    [InlineData("00 20 00 80 00 00")]
    [InlineData("00 20 00 80 00 00 00 00")]
    public void Other_bytes_are_refused(string hex) => CommandApdu.TryParse(Hex.Bytes(hex), out _).ShouldBeFalse();

    [Fact]
    public void Every_command_survives_the_wire()
    {
        var commands =
            from header in SomeBytes.Of(4)
            from length in Gen.OneOf(Gen.Choose(0, 300), Gen.Elements(255, 256, 65_535))
            from fill in Gen.Choose(0, 255)
            from le in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(1, 65_536).Select(n => (int?)n))
            select new CommandApdu(header[0], header[1], header[2], header[3], Enumerable.Repeat((byte)fill, length).ToArray(), le);
        Prop.ForAll(commands.ToArbitrary(), command => CommandApdu.TryParse(command.ToBytes(), out var again) && command.Equals(again))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Too_long_a_command_is_misuse()
    {
        Should.Throw<InvalidOperationException>(() => new CommandApdu(0, 0, 0, 0, new byte[65_536]).ToBytes());
        Should.Throw<InvalidOperationException>(() => new CommandApdu(0, 0, 0, 0, default, 0).ToBytes());
    }

    [Fact]
    public void Text_of_a_command_shows_no_data() =>
        new CommandApdu(0x00, 0x20, 0x00, 0x80, "739154"u8.ToArray()).ToString().ShouldBe("00 20 00 80 (6 bytes)");

    [Fact]
    public void Data_that_held_a_secret_is_zeroed()
    {
        var command = new CommandApdu(0x00, 0x20, 0x00, 0x80, "739154"u8.ToArray());
        command.ZeroData();
        command.Data.ToArray().ShouldAllBe(b => b == 0);
    }
}
