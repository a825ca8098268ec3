using Evercard.Cards.Piv;
using Evercard.Interop.Support;

namespace Evercard.Interop.Judged;

/// <summary>What other programs read from a renewed card.</summary>
[Collection(ReadersCollection.Name)]
public sealed class ReadingTests(VirtualReaders readers, RenewedCards cards)
{
    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task The_certificate_on_the_card_is_the_new_one_of_the_record(PivAlgorithm algorithm, KeyReference which)
    {
        var key = (await cards.Get(readers, algorithm)).Key(which);
        key.NewSerial.ShouldNotBe(key.OldSerial);
        (await Witness.Run("openssl", ["x509", "-in", key.Certificate, "-noout", "-serial"])).ShouldSucceed().Output.Trim().ShouldBe($"serial={key.NewSerial}");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task OpenSC_reads_the_same_certificate(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        var file = card.At($"opensc-{key.Slot}.pem");
        (await Witness.Run("pkcs15-tool", ["--reader", card.Reader, "--read-certificate", key.Pkcs11Id, "--output", file])).ShouldSucceed();
        (await Witness.Run("openssl", ["x509", "-in", file, "-noout", "-serial"])).ShouldSucceed().Output.Trim().ShouldBe($"serial={key.NewSerial}");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Cards), MemberType = typeof(KeysOfBothKinds))]
    public async Task OpenSC_lists_both_new_certificates_and_no_old_one(PivAlgorithm algorithm)
    {
        var card = await cards.Get(readers, algorithm);
        var listed = (await Witness.Run("pkcs15-tool", ["--reader", card.Reader, "--list-certificates"])).ShouldSucceed();
        foreach (var key in card.Keys)
        {
            listed.ShouldSay(key.NewSerial).ShouldNotSay(key.OldSerial);
        }
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Cards), MemberType = typeof(KeysOfBothKinds))]
    public async Task Yubico_piv_tool_shows_both_keys_and_all_tries(PivAlgorithm algorithm)
    {
        var card = await cards.Get(readers, algorithm);
        var status = (await Witness.Run("yubico-piv-tool", ["-r", card.Reader, "-a", "status"])).ShouldSucceed()
            .ShouldSay("Slot 9a").ShouldSay("Slot 9c").ShouldSay("Wren Holloway").ShouldSay("PIN tries left:\t3");
        status.Output.Split(algorithm.IsRsa() ? "RSA2048" : "ECCP256").Length.ShouldBe(3, status.ToString());
    }

    [Fact]
    public async Task Opensc_tool_knows_the_card_by_its_answer_to_reset_and_by_name()
    {
        var card = await cards.Get(readers, PivAlgorithm.P256);
        (await Witness.Run("opensc-tool", ["-l"])).ShouldSucceed().ShouldSay(card.Reader);
        (await Witness.Run("opensc-tool", ["--reader", card.Reader, "--name"])).ShouldSucceed().ShouldSay("Personal Identity Verification Card");
        var atr = (await Witness.Run("opensc-tool", ["--reader", card.Reader, "--atr"])).ShouldSucceed().Output.Trim().Replace(":", "", StringComparison.Ordinal);
        atr.ShouldBe(Convert.ToHexStringLower(readers.Pcsc.List().Single(one => one.Name == card.Reader).Atr.Span));
    }
}
