using Evercard.Cards.Piv.Objects;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Cards.Piv.Objects;

public sealed class ChuidTests
{
    /// <summary>SP 800-73-5 part 1, table 9, by hand; the FASC-N is the one of cards outside the federal government.</summary>
    private const string Golden =
        "30 19 D4 E7 39 DA 73 9C ED 39 CE 73 9D 83 68 58 21 08 42 10 84 21 C8 42 10 C3 EB "
        + "34 10 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 35 08 32 30 33 30 30 31 33 31 3E 00 FE 00";

    [Fact]
    public void A_CHUID_has_the_bytes_of_the_standard() => Hex.Of(SomeChuid.Value.Encode()).ShouldBe(Golden);

    [Fact]
    public void A_CHUID_is_read()
    {
        Chuid.TryDecode(Hex.Bytes(Golden), out var chuid).ShouldBeTrue();
        chuid.CardUuid.ShouldBe(new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        chuid.ExpiryDate.ShouldBe(new DateOnly(2030, 1, 31));
        chuid.CardholderUuid.ShouldBeNull();
        chuid.Signature.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void An_old_card_with_a_buffer_length_and_without_a_signature_is_read() =>
        Chuid.TryDecode(Hex.Bytes("EE 02 00 35 " + Golden[..^12]), out _).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("FE 00")]
    [InlineData("34 0F 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE 35 08 32 30 33 30 30 31 33 31")]
    [InlineData("34 10 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 35 08 32 30 33 30 31 33 33 31")]
    public void Without_a_GUID_or_a_date_it_is_none(string hex) => Chuid.TryDecode(Hex.Bytes(hex), out _).ShouldBeFalse();

    [Fact]
    public void Every_CHUID_survives_the_card()
    {
        var chuids =
            from fascN in SomeBytes.Of(FascN.Length)
            from card in SomeBytes.Of(16)
            from day in Gen.Choose(0, DateOnly.MaxValue.DayNumber)
            from holder in Gen.OneOf(Gen.Constant<Guid?>(null), SomeBytes.Of(16).Select(b => (Guid?)new Guid(b)))
            from length in Gen.Choose(0, 400)
            from signature in SomeBytes.Of(length)
            select new Chuid(fascN, new Guid(card), DateOnly.FromDayNumber(day), holder, signature);
        Prop.ForAll(chuids.ToArbitrary(), chuid =>
            Chuid.TryDecode(chuid.Encode(), out var again)
            && again.Encode().AsSpan().SequenceEqual(chuid.Encode())
            && (again.CardUuid, again.ExpiryDate, again.CardholderUuid) == (chuid.CardUuid, chuid.ExpiryDate, chuid.CardholderUuid))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_FASC_N_field_with_too_many_digits_is_misuse() =>
        Should.Throw<InvalidOperationException>(() => new FascN(AgencyCode: 10_000).Encode());
}
