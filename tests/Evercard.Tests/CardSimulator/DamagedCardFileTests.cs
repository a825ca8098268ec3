using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.CardSimulator;

/// <summary>A card file may come from anywhere: it holds a card, or it is refused by JsonException. No command throws later.</summary>
public sealed class DamagedCardFileTests : IDisposable
{
    private static readonly string[] Instead = ["null", "-1", "0", "300", "\"\"", "\"AA==\"", "\"P384\"", "true", "[]", "{}", "[null]", "{\"Signature\":null}"];
    private static readonly KeyReference[] Keys = [KeyReference.Signature, KeyReference.Authentication, KeyReference.KeyManagement];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evercard-damaged-");
    private readonly string _whole;

    public DamagedCardFileTests()
    {
        using (var card = SimulatedCard.CreateBlank(CardModel.Yubico with { Speed = CardSpeed.Instant }, Path))
        {
            var pool = new KeyPool();
            TestKeys.Offer(pool, PivAlgorithm.Rsa2048);
            card.Image.Store(KeyReference.Signature, CardKey.Generate(PivAlgorithm.P256));
            card.Image.Store(KeyReference.Authentication, pool.Take(PivAlgorithm.Rsa2048));
            card.Image.Write(DataObject.Chuid, [1, 2, 3]);
            card.PowerOn();
            card.Transmit(PivCommands.Select()).Status.ShouldBe(StatusWord.Success);
        }

        _whole = File.ReadAllText(Path);
    }

    private string Path => System.IO.Path.Combine(_folder.FullName, "card.json");

    [Fact]
    public void The_whole_file_is_a_card() => IsCardOrRefused(_whole).ShouldBeTrue();

    [Theory]
    [InlineData("Model")]
    [InlineData("Model/Name")]
    [InlineData("Model/KeyAlgorithms")]
    [InlineData("Model/Quirks")]
    [InlineData("Passcode")]
    [InlineData("Passcode/Value")]
    [InlineData("Puk")]
    [InlineData("Administration")]
    [InlineData("Administration/Value")]
    [InlineData("Keys")]
    [InlineData("Keys/Signature")]
    [InlineData("Keys/Signature/Pkcs8")]
    [InlineData("Objects")]
    [InlineData("Objects/5FC102")]
    public void Null_in_the_place_of_anything_is_no_card(string path) => IsCardOrRefused(Replaced(path, "null")).ShouldBeFalse();

    [Theory]
    [InlineData("Model")]
    [InlineData("Model/Name")]
    [InlineData("Model/KeyAlgorithms")]
    [InlineData("Model/Quirks")]
    [InlineData("Passcode/Value")]
    [InlineData("Administration")]
    [InlineData("Keys")]
    [InlineData("Keys/Signature/Pkcs8")]
    [InlineData("Objects")]
    public void A_file_that_leaves_something_out_is_no_card(string path)
    {
        var name = $"\"{path.Split('/')[^1]}\":";
        _whole.ShouldContain(name);
        IsCardOrRefused(_whole.Replace(name, "\"Other\":", StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Model/PasscodeTries", "0")]
    [InlineData("Model/PasscodeTries", "4")]
    [InlineData("Model/MaxObjectSize", "-1")]
    [InlineData("Model/AdministrationAlgorithm", "\"P256\"")]
    [InlineData("Model/KeyAlgorithms", "[\"Aes128\"]")]
    [InlineData("Model/KeyAlgorithms", "[99]")]
    [InlineData("Model/Speed", "99")]
    [InlineData("Passcode/Value", "\"AA==\"")]
    [InlineData("Passcode/TriesLeft", "7")]
    [InlineData("Puk/TriesLeft", "-1")]
    [InlineData("Administration/Value", "\"\"")]
    [InlineData("Administration/Algorithm", "\"Aes256\"")]
    [InlineData("Keys/Signature/Pkcs8", "\"AA==\"")]
    [InlineData("Keys/Signature/Algorithm", "\"P384\"")]
    [InlineData("Keys/Signature/Algorithm", "\"TripleDes\"")]
    [InlineData("Keys/Authentication/Algorithm", "\"Rsa3072\"")]
    public void What_no_card_can_have_is_refused(string path, string value) => IsCardOrRefused(Replaced(path, value)).ShouldBeFalse();

    [Fact]
    public void Empty_lists_of_keys_and_objects_are_a_card()
    {
        IsCardOrRefused(Replaced("Keys", "{}")).ShouldBeTrue();
        IsCardOrRefused(Replaced("Objects", "{}")).ShouldBeTrue();
        IsCardOrRefused(Replaced("Model/KeyAlgorithms", "[]")).ShouldBeTrue();
    }

    [Fact]
    public void A_3DES_key_that_shrinks_to_a_weak_one_is_refused() =>
        IsCardOrRefused(Replaced("Administration/Value", $"\"{Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 24)])}\"")).ShouldBeFalse();

    [Fact]
    public void A_key_on_a_curve_that_nobody_knows_is_refused()
    {
        var key = CardKey.Generate(PivAlgorithm.P256).Pkcs8;
        var curve = key.AsSpan().IndexOf<byte>([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]);
        key[curve + 5] = 0x31;
        IsCardOrRefused(Replaced("Keys/Signature/Pkcs8", $"\"{Convert.ToBase64String(key)}\"")).ShouldBeFalse();
    }

    [Fact]
    public void Any_value_replaced_leaves_a_card_or_none() =>
        Prop.ForAll(Arb.From(Gen.Elements(Paths().ToArray())), Arb.From(Gen.Elements(Instead)), (path, value) => { IsCardOrRefused(Replaced(path, value)); })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_character_replaced_leaves_a_card_or_none() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, _whole.Length - 1)), Arb.From(Gen.Choose(0x20, 0x7E)), (at, character) =>
        {
            var text = new StringBuilder(_whole) { [at] = (char)character };
            IsCardOrRefused(text.ToString());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_file_cut_anywhere_is_no_card() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, _whole.TrimEnd().Length - 1)), length => { IsCardOrRefused(_whole[..length]).ShouldBeFalse(); })
            .QuickCheckThrowOnFailure();

    public void Dispose() => _folder.Delete(recursive: true);

    private bool IsCardOrRefused(string content)
    {
        File.WriteAllText(Path, content);
        SimulatedCard card;
        try
        {
            card = SimulatedCard.Open(Path);
        }
        catch (JsonException)
        {
            return false;
        }

        using (card)
        {
            UseEverything(new TestCard(card.Image));
            return true;
        }
    }

    private static void UseEverything(TestCard card)
    {
        card.Send(TestCard.SelectPiv);
        card.Send(TestCard.VerifyFactory);
        card.Run(PivCommands.GetData(DataObject.Chuid));
        card.Send("00F7008000");
        foreach (var algorithm in Enum.GetValues<PivAlgorithm>().Where(a => !a.IsAsymmetric()))
        {
            card.Run(PivCommands.RequestWitness(algorithm));
        }

        foreach (var key in Keys)
        {
            card.Send($"00F700{(byte)key:X2}00");
            card.Send(TestCard.VerifyFactory);
            card.Run(PivCommands.Sign(key, PivAlgorithm.P256, new byte[32]));
            card.Send(TestCard.VerifyFactory);
            card.Run(PivCommands.Sign(key, PivAlgorithm.Rsa2048, Enumerable.Repeat((byte)0x7F, 256).ToArray()));
        }
    }

    private IEnumerable<string> Paths()
    {
        var open = new Stack<(string Path, JsonNode? Node)>([(string.Empty, JsonNode.Parse(_whole))]);
        while (open.TryPop(out var here))
        {
            if (here.Path.Length > 0)
            {
                yield return here.Path;
            }

            foreach (var (name, node) in here.Node is JsonObject parts ? parts.ToArray() : [])
            {
                open.Push((here.Path.Length == 0 ? name : $"{here.Path}/{name}", node));
            }
        }
    }

    private string Replaced(string path, string value)
    {
        var root = JsonNode.Parse(_whole)!;
        var names = path.Split('/');
        var parent = names[..^1].Aggregate(root, (node, name) => node[name].ShouldNotBeNull(path));
        parent.AsObject().ContainsKey(names[^1]).ShouldBeTrue(path);
        parent[names[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
