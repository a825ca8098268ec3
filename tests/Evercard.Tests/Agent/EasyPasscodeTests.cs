using Evercard.Agent;

namespace Evercard.Tests.Agent;

public sealed class EasyPasscodeTests
{
    [Theory]
    [InlineData("123456")]
    [InlineData("654321")]
    [InlineData("111111")]
    [InlineData("00000000")]
    [InlineData("121212")]
    [InlineData("123123")]
    [InlineData("12341234")]
    [InlineData("890123")]
    [InlineData("98765432")]
    [InlineData("123321")]
    public void What_anybody_would_guess_first_is_easy(string digits) => EasyPasscode.IsEasy(digits).ShouldBeTrue();

    [Theory]
    [InlineData("739154")]
    [InlineData("123457")]
    [InlineData("112233")]
    [InlineData("27182818")]
    public void Others_are_not(string digits) => EasyPasscode.IsEasy(digits).ShouldBeFalse();
}
