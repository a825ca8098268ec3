using Evercard.Cards.Piv;

namespace Evercard.Tests.Cards.Piv;

public sealed class AdministrationKeyTests
{
    /// <summary>FIPS 197, appendix C; SP 800-67, appendix B; the keys with equal parts: OpenSSL's des-ede3.</summary>
    [Theory]
    [InlineData(PivAlgorithm.Aes128, "000102030405060708090A0B0C0D0E0F", "00112233445566778899AABBCCDDEEFF", "69C4E0D86A7B0430D8CDB78070B4C55A")]
    [InlineData(PivAlgorithm.Aes192, "000102030405060708090A0B0C0D0E0F1011121314151617", "00112233445566778899AABBCCDDEEFF",
        "DDA97CA4864CDFE06EAF70A0EC0D7191")]
    [InlineData(PivAlgorithm.Aes256, "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "00112233445566778899AABBCCDDEEFF",
        "8EA2B7CA516745BFEAFC49904B496089")]
    [InlineData(PivAlgorithm.TripleDes, "0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123", "5468652071756663", "A826FD8CE53B855F")]
    [InlineData(PivAlgorithm.TripleDes, "010203040506070801020304050607080102030405060708", "0001020304050607", "90152A4C1CF42780")]
    [InlineData(PivAlgorithm.TripleDes, "01020304050607080102030405060708A1B2C3D4E5F60718", "0001020304050607", "D842C0A4F37482DB")]
    [InlineData(PivAlgorithm.TripleDes, "A1B2C3D4E5F6071801020304050607080102030405060708", "0001020304050607", "D842C0A4F37482DB")]
    public void Witness_and_challenge_are_those_of_the_known_answers(PivAlgorithm algorithm, string key, string plain, string cipher)
    {
        using var administration = new AdministrationKey(algorithm, Hex.Bytes(key));
        administration.EncryptChallenge(Hex.Bytes(plain)).ShouldBe(Hex.Bytes(cipher));
        administration.DecryptWitness(Hex.Bytes(cipher)).ShouldBe(Hex.Bytes(plain));
        administration.IsAnswerTo(Hex.Bytes(plain), Hex.Bytes(cipher)).ShouldBeTrue();
        administration.IsAnswerTo(Hex.Bytes(plain), Hex.Bytes(plain)).ShouldBeFalse();
        administration.IsAnswerTo(Hex.Bytes(plain), default).ShouldBeFalse();
    }

    [Fact]
    public void The_factory_key_is_usable_although_weak()
    {
        using var factory = AdministrationKey.Factory();
        factory.EncryptChallenge(Hex.Bytes("00 01 02 03 04 05 06 07")).ShouldBe(Hex.Bytes("90 15 2A 4C 1C F4 27 80"));
    }

    [Theory]
    [InlineData(PivAlgorithm.TripleDes)]
    [InlineData(PivAlgorithm.Aes128)]
    [InlineData(PivAlgorithm.Aes192)]
    [InlineData(PivAlgorithm.Aes256)]
    public void Random_keys_differ_and_work(PivAlgorithm algorithm)
    {
        using var one = AdministrationKey.Random(algorithm);
        using var other = AdministrationKey.Random(algorithm);
        one.Bytes.SequenceEqual(other.Bytes).ShouldBeFalse();
        var block = new byte[algorithm.BlockLength()];
        one.DecryptWitness(one.EncryptChallenge(block)).ShouldBe(block);
    }

    [Fact]
    public void A_random_3DES_key_has_odd_parity()
    {
        using var key = AdministrationKey.Random(PivAlgorithm.TripleDes);
        key.Bytes.ToArray().ShouldAllBe(b => int.IsOddInteger(byte.PopCount(b)));
    }

    [Fact]
    public void A_disposed_key_does_nothing_more()
    {
        var key = AdministrationKey.Random(PivAlgorithm.Aes256);
        key.Dispose();
        Should.Throw<ObjectDisposedException>(() => key.EncryptChallenge(new byte[16]));
        Should.Throw<ObjectDisposedException>(() => key.Bytes.Length);
    }

    [Fact]
    public void Wrong_lengths_are_misuse()
    {
        Should.Throw<ArgumentException>(() => new AdministrationKey(PivAlgorithm.Aes256, new byte[24]));
        using var key = AdministrationKey.Random(PivAlgorithm.Aes128);
        Should.Throw<ArgumentException>(() => key.DecryptWitness(new byte[8]));
    }

    [Fact]
    public void Text_of_a_key_shows_its_algorithm_only() => AdministrationKey.Factory().ToString().ShouldBe("9B TripleDes");
}
