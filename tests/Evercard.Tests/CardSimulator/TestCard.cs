using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Storage;

namespace Evercard.Tests.CardSimulator;

/// <summary>A blank card with power, spoken to in hexadecimal or in commands.</summary>
internal sealed class TestCard
{
    public const string SelectPiv = "00A4040009A00000030800001000";
    public const string VerifyFactory = "0020008008313233343536FFFF";
    public const string VerifyWrong = "0020008008393939393939FFFF";
    public const string AskTries = "00200080";

    private readonly KeyPool _pool = new();

    public TestCard(CardModel? model = null, byte[]? administrationKey = null)
        : this(CardImage.Blank(model ?? new CardModel(), administrationKey))
    {
    }

    public TestCard(CardImage image)
    {
        Card = new PivCard(image, _pool);
        Card.PowerOn();
    }

    public PivCard Card { get; }

    public static TestCard Selected(CardModel? model = null)
    {
        var card = new TestCard(model);
        card.Status(SelectPiv).ShouldBe("9000");
        return card;
    }

    /// <summary>Selected, and the factory 9B proven.</summary>
    public static TestCard Administered(CardModel? model = null)
    {
        var card = Selected(model);
        card.ProveAdministration();
        return card;
    }

    /// <summary>Data and status word in hexadecimal.</summary>
    public string Send(string hex)
    {
        CommandApdu.TryParse(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out var command).ShouldBeTrue();
        return Convert.ToHexString(Card.Process(command!).ToBytes());
    }

    /// <summary>The status word in hexadecimal.</summary>
    public string Status(string hex) => Send(hex)[^4..];

    /// <summary>A command of any length, by command chaining and GET RESPONSE.</summary>
    public ResponseApdu Run(CommandApdu command) => CommandChaining.Transmit(new DirectConnection(Card), command);

    public void ProveAdministration()
    {
        var key = Card.Image.Administration;
        using var host = new AdministrationKey(key.Algorithm, key.Value);
        Administration.Mutual(this, host).ShouldBe(StatusWord.Success);
    }

    public byte[] Generate(KeyReference reference, PivAlgorithm algorithm)
    {
        TestKeys.Offer(_pool, algorithm);
        var answer = Run(PivCommands.GenerateKeyPair(reference, algorithm));
        answer.Status.ShouldBe(StatusWord.Success);
        PivPublicKey.TryReadGenerated(answer.Data, algorithm, out var key).ShouldBeTrue();
        return key;
    }
}
