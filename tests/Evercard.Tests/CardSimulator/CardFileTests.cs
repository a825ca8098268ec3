using System.Text.Json;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

public sealed class CardFileTests : IDisposable
{
    private static readonly byte[] Transport = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly CardModel Model = new() { AdministrationAlgorithm = PivAlgorithm.Aes256, PasscodeTries = 5, Name = "stored" };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evercard-card-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "card.json");

    [Fact]
    public void A_card_survives_its_process()
    {
        byte[] publicKey;
        using (var card = SimulatedCard.CreateBlank(Model, Path, Transport))
        {
            card.PowerOn();
            card.Transmit(PivCommands.Select());
            card.Transmit(PivCommands.Verify("99999999"u8));
            Prove(card);
            card.Transmit(PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.P256)).Status.ShouldBe(StatusWord.Success);
            card.Transmit(PivCommands.PutData(DataObject.Chuid, [1, 2, 3])).Status.ShouldBe(StatusWord.Success);
            publicKey = card.Image.Key(KeyReference.Signature)!.SubjectPublicKeyInfo();
        }

        using var again = SimulatedCard.Open(Path);
        again.Model.Name.ShouldBe("stored");
        again.Image.Passcode.TriesLeft.ShouldBe(4);
        again.Image.Read(DataObject.Chuid).ShouldBe([1, 2, 3]);
        again.Image.Key(KeyReference.Signature)!.SubjectPublicKeyInfo().ShouldBe(publicKey);
        again.PowerOn();
        again.Transmit(PivCommands.Select());
        Prove(again);
    }

    [Fact]
    public void Only_its_owner_can_read_the_file()
    {
        if (!OperatingSystem.IsWindows())
        {
            SimulatedCard.CreateBlank(Model, Path).Dispose();
            File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void What_changes_nothing_writes_nothing()
    {
        using var card = SimulatedCard.CreateBlank(Model, Path);
        File.Delete(Path);
        card.PowerOn();
        card.Transmit(PivCommands.Select());
        card.Transmit(PivCommands.Verify([0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0xFF, 0xFF])).Status.ShouldBe(StatusWord.Success);
        card.Transmit(PivCommands.GetData(DataObject.Discovery)).Status.ShouldBe(StatusWord.Success);
        File.Exists(Path).ShouldBeFalse();
        card.Transmit(PivCommands.Verify("99999999"u8));
        File.Exists(Path).ShouldBeTrue();
    }

    [Fact]
    public void Two_holders_of_one_card_are_refused()
    {
        using var card = SimulatedCard.CreateBlank(Model, Path);
        Should.Throw<IOException>(() => SimulatedCard.Open(Path));
    }

    [Fact]
    public void A_card_is_not_overwritten_by_a_new_one()
    {
        SimulatedCard.CreateBlank(Model, Path).Dispose();
        Should.Throw<IOException>(() => SimulatedCard.CreateBlank(Model, Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    public void A_file_that_holds_no_card_is_refused(string content)
    {
        File.WriteAllText(Path, content);
        Should.Throw<JsonException>(() => SimulatedCard.Open(Path));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Prove(SimulatedCard card)
    {
        using var key = new AdministrationKey(PivAlgorithm.Aes256, Transport);
        var witness = key.DecryptWitness(Administration.Field(card.Transmit(PivCommands.RequestWitness(key.Algorithm))));
        card.Transmit(PivCommands.AnswerWitness(key.Algorithm, witness, new byte[16])).Status.ShouldBe(StatusWord.Success);
    }
}
