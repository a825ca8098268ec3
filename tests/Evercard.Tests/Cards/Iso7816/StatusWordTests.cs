using Evercard.Cards.Iso7816;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Cards.Iso7816;

public sealed class StatusWordTests
{
    [Theory]
    [InlineData(0x63C3, 3)]
    [InlineData(0x63C0, 0)]
    [InlineData(0x6983, 0)]
    [InlineData(0x9000, null)]
    [InlineData(0x6300, null)]
    [InlineData(0x6982, null)]
    public void Tries_left_are_told_by_63Cx_and_6983(int status, int? triesLeft) => new StatusWord((ushort)status).TriesLeft.ShouldBe(triesLeft);

    [Fact]
    public void Every_response_survives_the_wire() =>
        Prop.ForAll(SomeBytes.Any, bytes => bytes.Length < 2
            ? !ResponseApdu.TryParse(bytes, out _)
            : ResponseApdu.TryParse(bytes, out var response) && response.ToBytes().AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();
}
