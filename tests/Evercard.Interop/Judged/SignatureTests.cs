using Evercard.Cards.Piv;
using Evercard.DevHost.SampleCards;
using Evercard.Interop.Support;

namespace Evercard.Interop.Judged;

/// <summary>The renewed card signs for other programs, and OpenSSL believes the signatures with the certificates from the card.</summary>
[Collection(ReadersCollection.Name)]
public sealed class SignatureTests(VirtualReaders readers, RenewedCards cards)
{
    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task A_signature_made_through_PKCS11_is_verified_by_OpenSSL(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        (await Signature.SignAndVerify(card.Reader, key.Pkcs11Id, algorithm, key.Certificate, card.At)).ShouldSucceed().ShouldSay("Verified OK");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task The_old_certificate_does_not_fit_what_the_card_signs_now(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        (await Signature.SignAndVerify(card.Reader, key.Pkcs11Id, algorithm, key.OldCertificate, card.At)).ShouldFail().ShouldSay("Verification failure");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task Yubico_piv_tool_makes_and_verifies_a_test_signature(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        (await Witness.Run(
            "yubico-piv-tool",
            ["-r", card.Reader, "-a", "verify-pin", "-P", SampleWard.Passcode, "-a", "test-signature", "-s", key.Slot, "-i", key.Certificate]))
            .ShouldSucceed().ShouldSay("Successful");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Cards), MemberType = typeof(KeysOfBothKinds))]
    public async Task The_self_test_of_pkcs11_tool_finds_no_errors(PivAlgorithm algorithm)
    {
        var card = await cards.Get(readers, algorithm);
        (await Witness.Run("pkcs11-tool", Pkcs11.On(card.Reader, "--login", "--pin", SampleWard.Passcode, "--test"))).ShouldSucceed().ShouldSay("No errors");
    }

    [Fact]
    public async Task A_wrong_passcode_is_refused_and_the_right_one_gives_the_try_back()
    {
        var card = await cards.Get(readers, PivAlgorithm.P256);
        (await Witness.Run("yubico-piv-tool", ["-r", card.Reader, "-a", "verify-pin", "-P", "111111"])).ShouldFail().ShouldSay("2 tries left");
        (await Witness.Run("yubico-piv-tool", ["-r", card.Reader, "-a", "verify-pin", "-P", SampleWard.Passcode])).ShouldSucceed();
        (await Witness.Run("yubico-piv-tool", ["-r", card.Reader, "-a", "status"])).ShouldSucceed().ShouldSay("PIN tries left:\t3");
    }
}
