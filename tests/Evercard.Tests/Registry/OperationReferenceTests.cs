using Evercard.Registry.Journal;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Registry;

public sealed class OperationReferenceTests
{
    private static readonly Gen<string> Reference =
        from letters in Gen.Elements(OperationReference.Alphabet.ToCharArray()).ArrayOf(6)
        select $"EV-{new string(letters[..4])}-{new string(letters[4..])}";

    [Fact]
    public void A_new_reference_reads_EV_XXXX_XX_without_look_alikes()
    {
        for (var n = 0; n < 100; n++)
        {
            var reference = OperationReference.New();
            reference.ShouldMatch("^EV-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{2}$");
            OperationReference.IsWellFormed(reference).ShouldBeTrue();
        }
    }

    [Fact]
    public void Any_case_and_any_spaces_are_forgiven()
    {
        var typed =
            from reference in Reference
            from lower in Gen.Elements(true, false)
            from withoutDashes in Gen.Elements(true, false)
            from withoutPrefix in Gen.Elements(true, false)
            from at in Gen.Choose(0, 6)
            from space in Gen.Elements("", " ", "\t", "  ")
            let shorter = withoutPrefix ? reference[3..] : reference
            let bare = withoutDashes ? shorter.Replace("-", "", StringComparison.Ordinal) : shorter
            let spaced = bare.Insert(at, space)
            select (Reference: reference, Text: lower ? spaced.ToLowerInvariant() : spaced);

        Prop.ForAll(typed.ToArbitrary(), t => OperationReference.TryParse(t.Text, out var read) && read == t.Reference).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Whatever_is_typed_nothing_but_a_well_formed_reference_comes_out() =>
        Prop.ForAll<string>(text => !OperationReference.TryParse(text, out var read) || OperationReference.IsWellFormed(read))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("EV-")]
    [InlineData("EV-7K4Q-9")]
    [InlineData("EV-7K4Q-922")]
    [InlineData("EV-7K4Q-9O")]
    [InlineData("EV-7K4Q-91")]
    [InlineData("XX-7K4Q-92")]
    public void Anything_else_is_no_reference(string? text) => OperationReference.TryParse(text, out _).ShouldBeFalse();
}
