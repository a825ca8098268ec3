using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Cards;

/// <summary>No reader of bytes throws, whatever the card answers. xunit shows each one by its name.</summary>
public sealed class ParserTests
{
    private static readonly Dictionary<string, (byte[] Valid, Func<byte[], bool> Read)> Readers = new()
    {
        ["command APDU, short"] = (PivCommands.Select().ToBytes(), bytes => CommandApdu.TryParse(bytes, out _)),
        ["command APDU, extended"] = (new CommandApdu(0, 0xDB, 0x3F, 0xFF, new byte[300], 65_536).ToBytes(), bytes => CommandApdu.TryParse(bytes, out _)),
        ["response APDU"] = (ResponseApdu.Ok(new byte[20]).ToBytes(), bytes => ResponseApdu.TryParse(bytes, out _)),
        ["TLVs, strict"] = (SomeChuid.Value.Encode(), bytes => BerTlv.TryReadAll(bytes, TlvReading.Strict, out _)),
        ["TLVs, tolerant"] = (SomeChuid.Value.Encode(), bytes => BerTlv.TryReadAll(bytes, TlvReading.Tolerant, out _)),
        ["witness"] = (Hex.Bytes("7C 0A 80 08 01 02 03 04 05 06 07 08"),
            bytes => DynamicAuthentication.TryReadWitness(bytes, PivAlgorithm.TripleDes, out _)),
        ["challenge"] = (Hex.Bytes("7C 0A 81 08 01 02 03 04 05 06 07 08"),
            bytes => DynamicAuthentication.TryReadChallenge(bytes, PivAlgorithm.TripleDes, out _)),
        ["response"] = (Hex.Bytes("7C 06 82 04 01 02 03 04"), bytes => DynamicAuthentication.TryReadResponse(bytes, out _)),
        ["data object"] = ([.. BerTlv.Encode(0x53, SomeChuid.Value.Encode()), 0x90, 0x00],
            bytes => ResponseApdu.TryParse(bytes, out var answer) && DataObjectAnswer.TryRead(answer, DataObject.Chuid, out _)),
        ["EC public key"] = (GeneratedKey.Encode(SomeKeys.PublicKey(PivAlgorithm.P256), PivAlgorithm.P256),
            bytes => PivPublicKey.TryReadGenerated(bytes, PivAlgorithm.P256, out _)),
        ["RSA public key"] = (GeneratedKey.Encode(SomeKeys.PublicKey(PivAlgorithm.Rsa2048), PivAlgorithm.Rsa2048),
            bytes => PivPublicKey.TryReadGenerated(bytes, PivAlgorithm.Rsa2048, out _)),
        ["CHUID"] = (SomeChuid.Value.Encode(), bytes => Chuid.TryDecode(bytes, out _)),
        ["certificate"] = (CertificateObject.Encode(new byte[500]), bytes => CertificateObject.TryDecode(bytes, out _)),
        ["packed certificate"] = (CertificateObject.EncodeCompressed(RandomNumberGenerator.GetBytes(500)),
            bytes => CertificateObject.TryDecode(bytes, out _)),
        ["discovery"] = (Discovery.PasscodeOnly.Encode(), bytes => Discovery.TryDecode(bytes, out _)),
        ["key history"] = (new KeyHistory(1, 2, "https://example.org/keys").Encode(), bytes => KeyHistory.TryDecode(bytes, out _)),
        ["printed information"] = (new PrintedInformation("A B", "C", "2028JAN31", "1", "D").Encode(), bytes => PrintedInformation.TryDecode(bytes, out _)),
        ["security object"] = (Hex.Bytes("BA 03 01 30 00 BB 02 30 00 FE 00"), bytes => SecurityObject.TryDecode(bytes, out _)),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_valid_is_read(string name) => Readers[name].Read(Readers[name].Valid).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Names))]
    public void Arbitrary_bytes_never_throw(string name) =>
        Prop.ForAll(SomeBytes.Any, bytes => Returns(name, bytes)).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_bytes_never_throw(string name) =>
        Prop.ForAll(SomeBytes.Damaged(Readers[name].Valid), bytes => Returns(name, bytes)).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_prefix_of_valid_bytes_is_answered(string name)
    {
        var (valid, read) = Readers[name];
        for (var length = 0; length < valid.Length; length++)
        {
            read(valid[..length]);
        }
    }

    private static bool Returns(string name, byte[] bytes)
    {
        Readers[name].Read(bytes);
        return true;
    }
}
