using System.Numerics;
using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.Tests.Cards.Piv;

public sealed class PivPublicKeyTests
{
    [Theory]
    [InlineData(PivAlgorithm.P256)]
    [InlineData(PivAlgorithm.P384)]
    [InlineData(PivAlgorithm.Rsa2048)]
    [InlineData(PivAlgorithm.Rsa3072)]
    public void A_generated_key_becomes_the_SubjectPublicKeyInfo_that_others_write(PivAlgorithm algorithm)
    {
        var expected = SomeKeys.PublicKey(algorithm);
        var template = PivPublicKey.EncodeGenerated(expected, algorithm);
        PivPublicKey.TryReadGenerated(template, algorithm, out var found).ShouldBeTrue();
        found.ShouldBe(expected);
    }

    [Fact]
    public void A_key_of_another_algorithm_is_refused()
    {
        var template = PivPublicKey.EncodeGenerated(SomeKeys.PublicKey(PivAlgorithm.P256), PivAlgorithm.P256);
        PivPublicKey.TryReadGenerated(template, PivAlgorithm.P384, out _).ShouldBeFalse();
        PivPublicKey.TryReadGenerated(template, PivAlgorithm.Rsa2048, out _).ShouldBeFalse();
        PivPublicKey.TryReadGenerated(template, PivAlgorithm.Aes128, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_point_off_the_curve_is_refused()
    {
        byte[] point = [0x04, .. Enumerable.Repeat((byte)1, 64)];
        PivPublicKey.TryReadGenerated(BerTlv.Encode(0x7F49, BerTlv.Encode(0x86, point)), PivAlgorithm.P256, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("01 00 01", true)]
    [InlineData("00 01 00 01", true)]
    [InlineData("03", false)]
    [InlineData("", false)]
    public void The_public_exponent_is_65537(string exponent, bool accepted)
    {
        var modulus = Enumerable.Repeat((byte)0xC1, 256).ToArray();
        var template = BerTlv.Encode(0x7F49, [.. BerTlv.Encode(0x81, modulus), .. BerTlv.Encode(0x82, Hex.Bytes(exponent))]);
        PivPublicKey.TryReadGenerated(template, PivAlgorithm.Rsa2048, out _).ShouldBe(accepted);
    }

    [Theory]
    [InlineData(PivAlgorithm.Rsa2048)]
    [InlineData(PivAlgorithm.Rsa3072)]
    public void An_RSA_block_is_what_other_software_signs(PivAlgorithm algorithm)
    {
        var rsa = SomeKeys.Rsa(algorithm);
        var digest = SHA256.HashData("Evercard"u8);
        var signature = rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var key = rsa.ExportParameters(false);
        var block = BigInteger.ModPow(Number(signature), Number(key.Exponent!), Number(key.Modulus!)).ToByteArray(isUnsigned: true, isBigEndian: true);
        SignatureInput.For(algorithm, digest).ShouldBe([0x00, .. block]);
    }

    [Theory]
    [InlineData(PivAlgorithm.P256, 32)]
    [InlineData(PivAlgorithm.P384, 48)]
    public void An_EC_key_signs_the_digest_as_it_is(PivAlgorithm algorithm, int length)
    {
        var digest = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        SignatureInput.For(algorithm, digest).ShouldBe(digest);
        Should.Throw<ArgumentException>(() => SignatureInput.For(algorithm, digest[1..]));
    }

    [Fact]
    public void An_administration_key_signs_nothing() => Should.Throw<ArgumentException>(() => SignatureInput.For(PivAlgorithm.Aes256, new byte[32]));

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
