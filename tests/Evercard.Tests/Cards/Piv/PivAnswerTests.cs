using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Tests.Cards.Readers;

namespace Evercard.Tests.Cards.Piv;

public sealed class PivAnswerTests
{
    [Fact]
    public void A_witness_has_the_length_of_the_cipher_block()
    {
        var answer = Hex.Bytes("7C 0A 80 08 01 02 03 04 05 06 07 08");
        DynamicAuthentication.TryReadWitness(answer, PivAlgorithm.TripleDes, out var witness).ShouldBeTrue();
        Hex.Of(witness.Span).ShouldBe("01 02 03 04 05 06 07 08");
        DynamicAuthentication.TryReadWitness(answer, PivAlgorithm.Aes128, out _).ShouldBeFalse();
        DynamicAuthentication.TryReadChallenge(answer, PivAlgorithm.TripleDes, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("7C 04 82 02 AB CD", true)]
    [InlineData("7C 81 04 82 02 AB CD", true)]
    [InlineData("7C 02 82 00", false)]
    [InlineData("7C 04 81 02 AB CD", false)]
    [InlineData("82 02 AB CD", false)]
    [InlineData("", false)]
    public void A_signature_is_the_response_in_the_template(string hex, bool readable)
    {
        DynamicAuthentication.TryReadResponse(Hex.Bytes(hex), out var signature).ShouldBe(readable);
        if (readable)
        {
            Hex.Of(signature.Span).ShouldBe("AB CD");
        }
    }

    [Theory]
    [InlineData("53 02 AB CD 90 00", true, "AB CD")]
    [InlineData("53 00 90 00", true, "")]
    [InlineData("6A 82", true, "")]
    [InlineData("90 00", true, "")]
    [InlineData("69 82", false, "")]
    [InlineData("7E 02 AB CD 90 00", false, "")]
    public void Absent_and_empty_objects_are_the_same(string hex, bool readable, string contents)
    {
        DataObjectAnswer.TryRead(ScriptedConnection.Answer(hex), DataObject.Chuid, out var found).ShouldBe(readable);
        Hex.Of(found.Span).ShouldBe(contents);
    }

    [Fact]
    public void The_discovery_object_has_a_template_of_its_own()
    {
        DataObjectAnswer.TryRead(ScriptedConnection.Answer("7E 05 5F 2F 02 40 00 90 00"), DataObject.Discovery, out var contents).ShouldBeTrue();
        Hex.Of(contents.Span).ShouldBe("5F 2F 02 40 00");
    }

    [Theory]
    [InlineData("739154", "37 33 39 31 35 34 FF FF")]
    [InlineData("12345678", "31 32 33 34 35 36 37 38")]
    [InlineData("12345", null)]
    [InlineData("123456789", null)]
    [InlineData("12345a", null)]
    [InlineData("١٢٣٤٥٦", null)]
    public void A_passcode_is_6_to_8_ASCII_digits_padded_with_FF(string passcode, string? padded)
    {
        var block = new byte[8];
        PasscodeFormat.TryPad(passcode, block).ShouldBe(padded is not null);
        Hex.Of(block).ShouldBe(padded ?? "00 00 00 00 00 00 00 00");
        PasscodeFormat.IsPadded(block).ShouldBe(padded is not null);
    }

    [Theory]
    [InlineData("37 33 39 31 35 FF FF FF")]
    [InlineData("37 33 39 31 35 34 FF 34")]
    [InlineData("37 33 39 31 35 34")]
    public void Other_blocks_are_no_padded_passcode(string block) => PasscodeFormat.IsPadded(Hex.Bytes(block)).ShouldBeFalse();

    [Fact]
    public void Administration_key_has_no_certificate() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DataObject.CertificateOf(KeyReference.Administration));
}
