using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.CardSimulator;

public sealed class AdministrationTests
{
    public static TheoryData<PivAlgorithm> Symmetric() =>
        [PivAlgorithm.TripleDes, PivAlgorithm.Aes128, PivAlgorithm.Aes192, PivAlgorithm.Aes256];

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void The_factory_key_is_proven_in_both_ways(PivAlgorithm algorithm)
    {
        var card = TestCard.Selected(new CardModel { AdministrationAlgorithm = algorithm });
        using var key = new AdministrationKey(algorithm, card.Card.Image.Administration.Value);
        Administration.Mutual(card, key).ShouldBe(StatusWord.Success);
        card.Send(TestCard.SelectPiv);
        Administration.Single(card, key).ShouldBe(StatusWord.Success);
    }

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void A_random_transport_key_is_proven_and_another_is_refused(PivAlgorithm algorithm)
    {
        using var key = AdministrationKey.Random(algorithm);
        using var other = AdministrationKey.Random(algorithm);
        var card = new TestCard(new CardModel { AdministrationAlgorithm = algorithm }, key.Bytes.ToArray());
        card.Send(TestCard.SelectPiv);
        Administration.Mutual(card, other).ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        Administration.Single(card, other).ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        Administration.Mutual(card, key).ShouldBe(StatusWord.Success);
    }

    [Fact]
    public void The_default_algorithm_00_means_3DES()
    {
        TestCard.Selected().Send("0087009B047C02810000").ShouldStartWith("7C0A8108");
        TestCard.Selected(new CardModel { AdministrationAlgorithm = PivAlgorithm.Aes256 }).Status("0087009B047C02810000").ShouldBe("6A86");
    }

    [Fact]
    public void Another_algorithm_than_the_keys_is_refused() => TestCard.Selected().Status("0087089B047C02800000").ShouldBe("6A86");

    [Fact]
    public void A_witness_is_answered_once()
    {
        var card = TestCard.Selected();
        using var key = AdministrationKey.Factory();
        var witness = key.DecryptWitness(Administration.Field(card.Run(PivCommands.RequestWitness(key.Algorithm))));
        var answer = PivCommands.AnswerWitness(key.Algorithm, witness, RandomNumberGenerator.GetBytes(8));
        card.Run(answer).Status.ShouldBe(StatusWord.Success);
        card.Run(answer).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public void A_failed_proof_withdraws_the_earlier_one()
    {
        var card = TestCard.Administered();
        card.Status("0087039B0C7C0A8208000000000000000000").ShouldBe("6982");
        card.Status("0047009A05AC0380011100").ShouldBe("6982");
    }

    [Fact]
    public void Signing_discards_a_witness_that_waits()
    {
        var card = TestCard.Administered();
        card.Generate(KeyReference.CardAuthentication, PivAlgorithm.P256);
        card.Send(TestCard.SelectPiv);
        using var key = AdministrationKey.Factory();
        var witness = key.DecryptWitness(Administration.Field(card.Run(PivCommands.RequestWitness(key.Algorithm))));
        card.Run(PivCommands.Sign(KeyReference.CardAuthentication, PivAlgorithm.P256, new byte[32])).Status.ShouldBe(StatusWord.Success);
        card.Run(PivCommands.AnswerWitness(key.Algorithm, witness, new byte[8])).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public void Reading_between_the_halves_keeps_the_witness()
    {
        var card = TestCard.Selected();
        using var key = AdministrationKey.Factory();
        var witness = key.DecryptWitness(Administration.Field(card.Run(PivCommands.RequestWitness(key.Algorithm))));
        card.Run(PivCommands.GetData(DataObject.Discovery)).Status.ShouldBe(StatusWord.Success);
        card.Run(PivCommands.AnswerWitness(key.Algorithm, witness, new byte[8])).Status.ShouldBe(StatusWord.Success);
    }

    [Theory]
    [InlineData(false, false, 0x9000)]
    [InlineData(false, true, 0x9000)]
    [InlineData(true, false, 0x6A80)]
    [InlineData(true, true, 0x9000)]
    public void A_family_may_want_to_be_asked_for_its_response(bool wanted, bool asked, int status)
    {
        var card = TestCard.Selected(new CardModel { Quirks = new CardQuirks { WitnessNeedsEmptyResponse = wanted } });
        using var key = AdministrationKey.Factory();
        var witness = key.DecryptWitness(Administration.Field(card.Run(PivCommands.RequestWitness(key.Algorithm))));
        card.Run(PivCommands.AnswerWitness(key.Algorithm, witness, new byte[8], asked)).Status.Value.ShouldBe((ushort)status);
    }

    [Fact]
    public void A_family_may_answer_a_wrong_key_with_6A80()
    {
        var card = TestCard.Selected(new CardModel { Quirks = new CardQuirks { WrongAdministrationKeyIsIncorrectData = true } });
        using var wrong = AdministrationKey.Random(PivAlgorithm.TripleDes);
        Administration.Mutual(card, wrong).ShouldBe(StatusWord.IncorrectData);
    }
}
