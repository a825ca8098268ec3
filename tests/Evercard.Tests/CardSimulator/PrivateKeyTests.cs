using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

public sealed class PrivateKeyTests
{
    private static readonly byte[] Text = "signed by a card"u8.ToArray();

    [Theory]
    [InlineData(PivAlgorithm.Rsa2048)]
    [InlineData(PivAlgorithm.Rsa3072)]
    public void RSA_signs_the_block_that_it_is_given(PivAlgorithm algorithm)
    {
        var (card, publicKey) = With(KeyReference.Authentication, algorithm);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        var answer = Sign(card, KeyReference.Authentication, algorithm, SignatureInput.For(algorithm, SHA256.HashData(Text)));
        rsa.VerifyData(Text, Administration.Field(answer), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    [Fact]
    public void RSA_decrypts_with_the_key_management_key()
    {
        var (card, publicKey) = With(KeyReference.KeyManagement, PivAlgorithm.Rsa2048);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        var answer = Sign(card, KeyReference.KeyManagement, PivAlgorithm.Rsa2048, rsa.Encrypt(Text, RSAEncryptionPadding.Pkcs1));
        Administration.Field(answer).EndsWith(Text).ShouldBeTrue();
    }

    [Theory]
    [InlineData(PivAlgorithm.P256, 32)]
    [InlineData(PivAlgorithm.P384, 48)]
    [InlineData(PivAlgorithm.P384, 32)]
    [InlineData(PivAlgorithm.P256, 20)]
    public void ECDSA_signs_a_digest_up_to_the_size_of_the_field(PivAlgorithm algorithm, int size)
    {
        var (card, publicKey) = With(KeyReference.Authentication, algorithm);
        using var ec = ECDsa.Create();
        ec.ImportSubjectPublicKeyInfo(publicKey, out _);
        var digest = RandomNumberGenerator.GetBytes(size);
        var signature = Administration.Field(Sign(card, KeyReference.Authentication, algorithm, digest));
        ec.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence).ShouldBeTrue();
    }

    [Theory]
    [InlineData(PivAlgorithm.P256)]
    [InlineData(PivAlgorithm.P384)]
    public void The_key_management_key_agrees_on_a_secret(PivAlgorithm algorithm)
    {
        var (card, publicKey) = With(KeyReference.KeyManagement, algorithm);
        using var host = ECDiffieHellman.Create(algorithm == PivAlgorithm.P256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        using var theirs = ECDiffieHellman.Create();
        theirs.ImportSubjectPublicKeyInfo(publicKey, out _);
        var point = host.ExportParameters(includePrivateParameters: false).Q;
        var answer = Agree(card, algorithm, [0x04, .. point.X!, .. point.Y!]);
        Administration.Field(answer).ToArray().ShouldBe(host.DeriveRawSecretAgreement(theirs.PublicKey));
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_refused()
    {
        var (card, _) = With(KeyReference.KeyManagement, PivAlgorithm.P256);
        byte[] nowhere = [0x04, .. Enumerable.Repeat((byte)1, 64)];
        Agree(card, PivAlgorithm.P256, nowhere).Status.ShouldBe(StatusWord.IncorrectData);
        Agree(card, PivAlgorithm.P256, nowhere[..10]).Status.ShouldBe(StatusWord.IncorrectData);
    }

    [Theory]
    [InlineData(PivAlgorithm.P256, 33)]
    [InlineData(PivAlgorithm.P256, 0)]
    [InlineData(PivAlgorithm.P384, 49)]
    [InlineData(PivAlgorithm.Rsa2048, 255)]
    [InlineData(PivAlgorithm.Rsa2048, 257)]
    public void Input_of_the_wrong_length_is_refused(PivAlgorithm algorithm, int size)
    {
        var (card, _) = With(KeyReference.Authentication, algorithm);
        Sign(card, KeyReference.Authentication, algorithm, new byte[size]).Status.ShouldBe(StatusWord.IncorrectData);
    }

    [Fact]
    public void A_block_that_is_not_below_the_modulus_is_refused()
    {
        var (card, _) = With(KeyReference.Authentication, PivAlgorithm.Rsa2048);
        Sign(card, KeyReference.Authentication, PivAlgorithm.Rsa2048, [.. Enumerable.Repeat((byte)0xFF, 256)]).Status
            .ShouldBe(StatusWord.IncorrectData);
    }

    [Fact]
    public void Another_algorithm_than_the_keys_is_refused_and_so_is_an_absent_key()
    {
        var (card, _) = With(KeyReference.Authentication, PivAlgorithm.P256);
        Sign(card, KeyReference.Authentication, PivAlgorithm.P384, new byte[32]).Status.ShouldBe(StatusWord.IncorrectParameters);
        Sign(card, KeyReference.Signature, PivAlgorithm.P256, new byte[32]).Status.ShouldBe(StatusWord.ReferencedDataNotFound);
    }

    [Fact]
    public void A_new_key_replaces_the_old_one_at_once()
    {
        var (card, old) = With(KeyReference.Authentication, PivAlgorithm.P256);
        var now = card.Generate(KeyReference.Authentication, PivAlgorithm.P256);
        now.ShouldNotBe(old);
        card.Card.Image.Key(KeyReference.Authentication)!.SubjectPublicKeyInfo().ShouldBe(now);
    }

    [Theory]
    [InlineData("0047009B05AC0380011100", "6A86")]
    [InlineData("0047019A05AC0380011100", "6A86")]
    [InlineData("0047009A05AC0380010300", "6A80")]
    [InlineData("0047009A05AC0380011400", "6A80")]
    [InlineData("0047009A03AC018000", "6A80")]
    public void What_cannot_be_generated_is_refused(string command, string status) =>
        TestCard.Administered(new CardModel { KeyAlgorithms = [PivAlgorithm.P256] }).Status(command).ShouldBe(status);

    [Fact]
    public void A_P384_key_may_insist_on_a_whole_digest()
    {
        var card = TestCard.Administered(new CardModel { Quirks = new CardQuirks { P384NeedsItsDigest = true } });
        card.Generate(KeyReference.Authentication, PivAlgorithm.P384);
        Sign(card, KeyReference.Authentication, PivAlgorithm.P384, new byte[32]).Status.ShouldBe(StatusWord.IncorrectData);
        Sign(card, KeyReference.Authentication, PivAlgorithm.P384, new byte[48]).Status.ShouldBe(StatusWord.Success);
    }

    private static (TestCard Card, byte[] PublicKey) With(KeyReference reference, PivAlgorithm algorithm)
    {
        var card = TestCard.Administered();
        return (card, card.Generate(reference, algorithm));
    }

    private static ResponseApdu Sign(TestCard card, KeyReference key, PivAlgorithm algorithm, byte[] block)
    {
        card.Status(TestCard.VerifyFactory).ShouldBe("9000");
        return card.Run(PivCommands.Sign(key, algorithm, block));
    }

    private static ResponseApdu Agree(TestCard card, PivAlgorithm algorithm, byte[] point)
    {
        card.Status(TestCard.VerifyFactory).ShouldBe("9000");
        var template = BerTlv.Encode(0x7C, [0x82, 0x00, .. BerTlv.Encode(0x85, point)]);
        return card.Run(new CommandApdu(0x00, 0x87, (byte)algorithm, 0x9D, template, 256));
    }
}
