using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.Tests.CardSimulator;

/// <summary>The host's side of the exchanges with 9B.</summary>
internal static class Administration
{
    /// <summary>Mutual authentication; the card's answer is checked too.</summary>
    public static StatusWord Mutual(TestCard card, AdministrationKey key)
    {
        var witness = card.Run(PivCommands.RequestWitness(key.Algorithm));
        if (!witness.Status.IsSuccess)
        {
            return witness.Status;
        }

        var challenge = RandomNumberGenerator.GetBytes(key.Algorithm.BlockLength());
        var answer = card.Run(PivCommands.AnswerWitness(key.Algorithm, key.DecryptWitness(Field(witness)), challenge));
        if (answer.Status.IsSuccess)
        {
            key.IsAnswerTo(challenge, Field(answer)).ShouldBeTrue();
        }

        return answer.Status;
    }

    public static StatusWord Single(TestCard card, AdministrationKey key)
    {
        var challenge = card.Run(PivCommands.RequestChallenge(key.Algorithm));
        return challenge.Status.IsSuccess
            ? card.Run(PivCommands.AnswerChallenge(key.Algorithm, key.EncryptChallenge(Field(challenge)))).Status
            : challenge.Status;
    }

    /// <summary>Value of the one field inside the dynamic authentication template.</summary>
    public static ReadOnlySpan<byte> Field(ResponseApdu answer)
    {
        BerTlv.TryReadOne(answer.Data, TlvReading.Strict, out var template, out _).ShouldBeTrue();
        BerTlv.TryReadOne(template.Value, TlvReading.Strict, out var field, out _).ShouldBeTrue();
        return field.Value.Span;
    }
}
