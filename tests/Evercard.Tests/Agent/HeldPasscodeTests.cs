using Evercard.Agent.CardScripts;
using Evercard.Tests.Support;

namespace Evercard.Tests.Agent;

public class HeldPasscodeTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("123456789")]
    [InlineData("12345a")]
    [InlineData("12345٣")]
    [InlineData(" 123456")]
    public void What_is_not_6_to_8_digits_is_not_held(string typed) => HeldPasscode.TryHold(typed, time, out _).ShouldBeFalse();

    [Fact]
    public void It_is_padded_to_8_bytes()
    {
        var copy = new byte[8];
        Hold("739154").TryCopyTo(copy).ShouldBeTrue();
        Convert.ToHexString(copy).ShouldBe("373339313534FFFF");
    }

    [Fact]
    public void It_is_zeroed_after_five_minutes()
    {
        var passcode = Hold("739154");
        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        passcode.IsHeld.ShouldBeTrue();
        time.Advance(TimeSpan.FromTicks(1));
        passcode.TryCopyTo(new byte[8]).ShouldBeFalse();
    }

    [Fact]
    public void It_is_zeroed_when_disposed()
    {
        var passcode = Hold("739154");
        passcode.Dispose();
        var copy = new byte[8];
        passcode.TryCopyTo(copy).ShouldBeFalse();
        copy.ShouldAllBe(b => b == 0);
    }

    [Fact]
    public void It_is_never_in_ToString() => Hold("739154").ToString().ShouldBe("HeldPasscode");

    private HeldPasscode Hold(string typed) => HeldPasscode.TryHold(typed, time, out var passcode) ? passcode : throw new InvalidOperationException();
}
