using Evercard.Lifecycle.Notifications;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Lifecycle.Notifications;

public sealed class AlarmTokenTests
{
    [Fact]
    public void A_new_token_is_read_and_no_two_are_alike()
    {
        var digests = Enumerable.Range(0, 100).Select(_ => AlarmToken.TryParse(AlarmToken.New(), out var digest) ? digest : null).ToList();
        digests.ShouldAllBe(digest => digest != null && digest.Length == 64);
        digests.ShouldBeUnique();
    }

    [Fact]
    public void A_token_with_one_character_changed_is_another_one_or_none()
    {
        var changed =
            from at in Gen.Choose(0, 42)
            from to in ArbMap.Default.GeneratorFor<char>()
            select (At: at, To: to);
        Prop.ForAll(changed.ToArbitrary(), change =>
        {
            var token = AlarmToken.New();
            var other = $"{token[..change.At]}{change.To}{token[(change.At + 1)..]}";
            return AlarmToken.TryParse(token, out var digest) && (other == token || !AlarmToken.TryParse(other, out var read) || read != digest);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Whatever_stands_in_an_address_is_read_without_a_fault() =>
        Prop.ForAll<string>(text => !AlarmToken.TryParse(text, out var digest) || (text.Length == 43 && digest.Length == 64)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+/")]
    [InlineData("ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Anything_else_is_no_token(string? text) => AlarmToken.TryParse(text, out _).ShouldBeFalse();
}
