using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.Tests.Cards.Piv;

/// <summary>Bytes written by hand from SP 800-73-5 part 2, not taken from the code.</summary>
public sealed class PivCommandTests
{
    private static readonly byte[] Passcode = Hex.Bytes("37 33 39 31 35 34 FF FF");
    private static readonly byte[] NewPasscode = Hex.Bytes("31 31 32 32 33 33 34 34");

    private static readonly Dictionary<string, (CommandApdu Command, string Bytes)> Golden = new()
    {
        ["SELECT"] = (PivCommands.Select(), "00 A4 04 00 0B A0 00 00 03 08 00 00 10 00 01 00 00"),
        ["GET DATA CHUID"] = (PivCommands.GetData(DataObject.Chuid), "00 CB 3F FF 05 5C 03 5F C1 02 00"),
        ["GET DATA 9A certificate"] = (PivCommands.GetData(DataObject.CertificateOf(KeyReference.Authentication)), "00 CB 3F FF 05 5C 03 5F C1 05 00"),
        ["GET DATA discovery"] = (PivCommands.GetData(DataObject.Discovery), "00 CB 3F FF 03 5C 01 7E 00"),
        ["PUT DATA"] = (PivCommands.PutData(DataObject.SignatureCertificate, [0xAB, 0xCD]), "00 DB 3F FF 09 5C 03 5F C1 0A 53 02 AB CD"),
        ["PUT DATA erasing"] = (PivCommands.PutData(DataObject.Chuid, default), "00 DB 3F FF 07 5C 03 5F C1 02 53 00"),
        ["PUT DATA discovery"] = (PivCommands.PutData(DataObject.Discovery, Hex.Bytes("5F 2F 02 40 00")), "00 DB 3F FF 07 7E 05 5F 2F 02 40 00"),
        ["VERIFY"] = (PivCommands.Verify(Passcode), "00 20 00 80 08 37 33 39 31 35 34 FF FF"),
        ["VERIFY, tries left"] = (PivCommands.VerifyStatus(), "00 20 00 80"),
        ["CHANGE REFERENCE DATA passcode"] = (PivCommands.ChangeReferenceData(ReferenceData.Passcode, Passcode, NewPasscode),
            "00 24 00 80 10 37 33 39 31 35 34 FF FF 31 31 32 32 33 33 34 34"),
        ["CHANGE REFERENCE DATA PUK"] = (PivCommands.ChangeReferenceData(ReferenceData.Puk, Passcode, NewPasscode),
            "00 24 00 81 10 37 33 39 31 35 34 FF FF 31 31 32 32 33 33 34 34"),
        ["RESET RETRY COUNTER"] = (PivCommands.ResetRetryCounter(NewPasscode, Passcode),
            "00 2C 00 80 10 31 31 32 32 33 33 34 34 37 33 39 31 35 34 FF FF"),
        ["GENERATE 9C P-256"] = (PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.P256), "00 47 00 9C 05 AC 03 80 01 11 00"),
        ["GENERATE 9A RSA-2048"] = (PivCommands.GenerateKeyPair(KeyReference.Authentication, PivAlgorithm.Rsa2048), "00 47 00 9A 05 AC 03 80 01 07 00"),
        ["witness, 3DES"] = (PivCommands.RequestWitness(PivAlgorithm.TripleDes), "00 87 03 9B 04 7C 02 80 00 00"),
        ["witness, AES-256"] = (PivCommands.RequestWitness(PivAlgorithm.Aes256), "00 87 0C 9B 04 7C 02 80 00 00"),
        ["witness answered"] = (PivCommands.AnswerWitness(PivAlgorithm.TripleDes, Hex.Bytes("01 02 03 04 05 06 07 08"), Hex.Bytes("11 12 13 14 15 16 17 18")),
            "00 87 03 9B 16 7C 14 80 08 01 02 03 04 05 06 07 08 81 08 11 12 13 14 15 16 17 18 00"),
        ["witness answered, response asked for"] = (
            PivCommands.AnswerWitness(PivAlgorithm.TripleDes, Hex.Bytes("01 02 03 04 05 06 07 08"), Hex.Bytes("11 12 13 14 15 16 17 18"), askResponse: true),
            "00 87 03 9B 18 7C 16 80 08 01 02 03 04 05 06 07 08 81 08 11 12 13 14 15 16 17 18 82 00 00"),
        ["challenge"] = (PivCommands.RequestChallenge(PivAlgorithm.Aes128), "00 87 08 9B 04 7C 02 81 00 00"),
        ["challenge answered"] = (PivCommands.AnswerChallenge(PivAlgorithm.TripleDes, Hex.Bytes("01 02 03 04 05 06 07 08")),
            "00 87 03 9B 0C 7C 0A 82 08 01 02 03 04 05 06 07 08 00"),
        ["metadata"] = (PivCommands.GetMetadata(KeyReference.Administration), "00 F7 00 9B 00"),
        ["serial number"] = (PivCommands.GetSerial(), "00 F8 00 00 00"),
        ["version"] = (PivCommands.GetVersion(), "00 FD 00 00 00"),
        ["set 9B"] = (PivCommands.SetManagementKey(PivAlgorithm.Aes128, Hex.Bytes("00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F")),
            "00 FF FF FF 13 08 9B 10 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F"),
    };

    public static TheoryData<string> Names => [.. Golden.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_command_has_the_bytes_of_the_standard(string name) => Hex.Of(Golden[name].Command.ToBytes()).ShouldBe(Golden[name].Bytes);

    [Fact]
    public void A_P256_signature_asks_for_a_response_to_the_digest()
    {
        var digest = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        Hex.Of(PivCommands.Sign(KeyReference.Signature, PivAlgorithm.P256, digest).ToBytes())
            .ShouldBe($"00 87 11 9C 26 7C 24 82 00 81 20 {Hex.Of(digest)} 00");
    }

    [Fact]
    public void An_RSA_signature_is_longer_than_a_short_command()
    {
        var command = PivCommands.Sign(KeyReference.Authentication, PivAlgorithm.Rsa2048, new byte[256]);
        Hex.Of(command.Data.Span[..10]).ShouldBe("7C 82 01 06 82 00 81 82 01 00");
        command.NeedsExtendedLength.ShouldBeTrue();
    }

    [Fact]
    public void A_secret_is_copied_so_that_it_can_be_zeroed_apart()
    {
        var mine = (byte[])Passcode.Clone();
        var command = PivCommands.Verify(mine);
        command.ZeroData();
        mine.ShouldBe(Passcode);
    }

    [Fact]
    public void Reference_data_of_another_length_is_misuse()
    {
        Should.Throw<ArgumentException>(() => PivCommands.Verify("739154"u8));
        Should.Throw<ArgumentException>(() => PivCommands.ResetRetryCounter(NewPasscode, default));
        Should.Throw<ArgumentException>(() => PivCommands.SetManagementKey(PivAlgorithm.Aes256, new byte[24]));
        Should.Throw<ArgumentException>(() => PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.Aes128));
    }
}
