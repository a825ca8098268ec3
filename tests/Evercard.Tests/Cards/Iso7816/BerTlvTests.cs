using Evercard.Cards.Iso7816;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Cards.Iso7816;

public sealed class BerTlvTests
{
    [Theory]
    [InlineData(0x53, 0, "53 00")]
    [InlineData(0x53, 127, "53 7F")]
    [InlineData(0x53, 128, "53 81 80")]
    [InlineData(0x7F49, 255, "7F 49 81 FF")]
    [InlineData(0x5FC105, 256, "5F C1 05 82 01 00")]
    [InlineData(0x53, 65_536, "53 83 01 00 00")]
    public void Tags_and_lengths_are_as_short_as_they_can_be(int tag, int length, string start)
    {
        var bytes = BerTlv.Encode(tag, new byte[length]);
        var head = Hex.Bytes(start);
        Hex.Of(bytes.AsSpan(0, head.Length)).ShouldBe(start);
        bytes.Length.ShouldBe(head.Length + length);
    }

    [Theory]
    [InlineData("53 81 02 01 02")]
    [InlineData("53 02 01 02 00 00")]
    [InlineData("FF FF 53 02 01 02 FF")]
    [InlineData("53 82 00 02 01 02")]
    public void Padding_and_long_lengths_are_for_tolerant_reading_only(string hex)
    {
        BerTlv.TryReadAll(Hex.Bytes(hex), TlvReading.Strict, out _).ShouldBeFalse();
        BerTlv.TryReadAll(Hex.Bytes(hex), TlvReading.Tolerant, out var objects).ShouldBeTrue();
        Hex.Of(objects.ShouldHaveSingleItem().Value.Span).ShouldBe("01 02");
    }

    [Theory]
    [InlineData("53")]
    [InlineData("53 02 01")]
    [InlineData("53 80 01 00 00")]
    [InlineData("53 84 00 00 00 01 00")]
    [InlineData("53 82 01")]
    [InlineData("5F")]
    [InlineData("5F C1")]
    [InlineData("5F C1 85 05 00")]
    public void Neither_reading_takes_a_broken_object(string hex)
    {
        BerTlv.TryReadAll(Hex.Bytes(hex), TlvReading.Strict, out _).ShouldBeFalse();
        BerTlv.TryReadAll(Hex.Bytes(hex), TlvReading.Tolerant, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_first_object_with_a_tag_is_found()
    {
        BerTlv.TryReadAll(Hex.Bytes("70 01 AA 71 01 BB 70 01 CC"), TlvReading.Strict, out var objects).ShouldBeTrue();
        BerTlv.Find(objects, 0x70)!.Value.ToArray().ShouldBe([0xAA]);
        BerTlv.Find(objects, 0xFE).ShouldBeNull();
    }

    [Fact]
    public void Every_object_survives_both_readings()
    {
        var objects =
            from tag in Gen.Elements(0x53, 0x70, 0x7C, 0x7E, 0x5F2F, 0x7F49, 0x5FC105)
            from length in Gen.OneOf(Gen.Choose(0, 300), Gen.Elements(127, 128, 255, 256, 65_535, 65_536))
            from fill in Gen.Choose(0, 255)
            select new BerTlv(tag, Enumerable.Repeat((byte)fill, length).ToArray());
        Prop.ForAll(objects.ToArbitrary(), one => Survives(one, TlvReading.Strict) && Survives(one, TlvReading.Tolerant)).QuickCheckThrowOnFailure();
    }

    private static bool Survives(BerTlv one, TlvReading reading)
    {
        var bytes = one.Encode();
        return BerTlv.TryReadOne(bytes, reading, out var again, out var used) && used == bytes.Length
            && again.Tag == one.Tag && again.Value.Span.SequenceEqual(one.Value.Span);
    }
}
