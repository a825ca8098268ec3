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
        var template = GeneratedKey.Encode(expected, algorithm);
        PivPublicKey.TryReadGenerated(template, algorithm, out var found).ShouldBeTrue();
        found.ShouldBe(expected);
    }

    /// <summary>Written by hand: the base point of P-256 (FIPS 186-4, D.1.2.3) is the public key of the private key 1.</summary>
    [Fact]
    public void A_P256_key_is_read_from_these_bytes()
    {
        const string X = "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296";
        const string Y = "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5";
        var answer = Convert.FromHexString($"7F4943864104{X}{Y}");
        PivPublicKey.TryReadGenerated(answer, PivAlgorithm.P256, out var found).ShouldBeTrue();
        Convert.ToHexString(found).ShouldBe($"3059301306072A8648CE3D020106082A8648CE3D03010703420004{X}{Y}");
    }

    /// <summary>Written by hand; nothing but its size, its first and its last bit is asked of a modulus here.</summary>
    [Fact]
    public void An_RSA_2048_key_is_read_from_these_bytes()
    {
        var modulus = string.Concat(Enumerable.Repeat("C3D2E1F00F1E2D3C4B5A69788796A5B5", 16));
        var answer = Convert.FromHexString($"7F4982010981820100{modulus}8203010001");
        PivPublicKey.TryReadGenerated(answer, PivAlgorithm.Rsa2048, out var found).ShouldBeTrue();
        Convert.ToHexString(found).ShouldBe(
            $"30820122300D06092A864886F70D01010105000382010F003082010A0282010100{modulus}0203010001");
    }

    [Fact]
    public void A_key_of_another_algorithm_is_refused()
    {
        var template = GeneratedKey.Encode(SomeKeys.PublicKey(PivAlgorithm.P256), PivAlgorithm.P256);
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
