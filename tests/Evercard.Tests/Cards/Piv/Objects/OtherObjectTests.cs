using Evercard.Cards.Piv.Objects;

namespace Evercard.Tests.Cards.Piv.Objects;

public sealed class OtherObjectTests
{
    [Theory]
    [InlineData("40 00", true, false, false)]
    [InlineData("60 10", true, true, false)]
    [InlineData("60 20", true, true, true)]
    [InlineData("40 20", true, false, false)]
    public void Discovery_tells_which_PIN_counts(string policy, bool passcode, bool global, bool prefersGlobal)
    {
        Discovery.TryDecode(Hex.Bytes($"4F 0B A0 00 00 03 08 00 00 10 00 01 00 5F 2F 02 {policy}"), out var discovery).ShouldBeTrue();
        (discovery.AcceptsPasscode, discovery.AcceptsGlobalPin, discovery.PrefersGlobalPin).ShouldBe((passcode, global, prefersGlobal));
    }

    [Fact]
    public void Discovery_has_the_bytes_of_the_standard() =>
        Hex.Of(Discovery.PasscodeOnly.Encode()).ShouldBe("4F 0B A0 00 00 03 08 00 00 10 00 01 00 5F 2F 02 40 00");

    [Fact]
    public void Card_capability_container_has_the_bytes_of_the_standard() =>
        Hex.Of(CardCapabilityContainer.Encode(Enumerable.Range(1, 14).Select(i => (byte)i).ToArray())).ShouldBe(
            "F0 15 A0 00 00 01 16 FF 02 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E F1 01 21 F2 01 21 F3 00 F4 01 00 F5 01 10 "
            + "F6 00 F7 00 FA 00 FB 00 FC 00 FD 00 FE 00");

    [Fact]
    public void Two_cards_have_two_card_identifiers() => CardCapabilityContainer.Encode().ShouldNotBe(CardCapabilityContainer.Encode());

    [Fact]
    public void Key_history_is_read_as_written()
    {
        var history = new KeyHistory(3, 1, "http://example.org/keys");
        KeyHistory.TryDecode(history.Encode(), out var again).ShouldBeTrue();
        again.ShouldBe(history);
        KeyHistory.TryDecode(Hex.Bytes("C1 01 00 C2 01 00 FE 00"), out var none).ShouldBeTrue();
        none.ShouldBe(new KeyHistory(0, 0, null));
    }

    [Fact]
    public void Printed_information_is_read_as_written()
    {
        var printed = new PrintedInformation("Åsa Example", "Employee", "2028JAN31", "0042", "ISSUER", "Ward 7");
        PrintedInformation.TryDecode(printed.Encode(), out var again).ShouldBeTrue();
        again.ShouldBe(printed);
        Should.Throw<InvalidOperationException>(() => (printed with { IssuerIdentification = "more than fifteen" }).Encode());
    }

    [Fact]
    public void Security_object_tells_which_containers_it_covers()
    {
        SecurityObject.TryDecode(Hex.Bytes("BA 06 01 30 00 02 DB 00 BB 02 30 00 FE 00"), out var security).ShouldBeTrue();
        security.ContainerOf.ShouldBe(new Dictionary<int, int> { [1] = 0x3000, [2] = 0xDB00 });
        Hex.Of(security.Signature.Span).ShouldBe("30 00");
        SecurityObject.TryDecode(Hex.Bytes("BA 02 01 30 BB 00"), out _).ShouldBeFalse();
    }
}
