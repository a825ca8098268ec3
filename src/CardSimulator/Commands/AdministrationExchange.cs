using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Keys;

namespace Evercard.CardSimulator.Commands;

/// <summary>
/// Proof of the administration key 9B (SP 800-73-5 part 2, appendix A.1): external authentication (the host answers a
/// challenge) or mutual authentication (the host decrypts a witness, and the card answers the host's challenge).
/// </summary>
internal static class AdministrationExchange
{
    // 00 means 3DES (SP 800-78-5, table 6-2); OpenSC asks for a challenge in this way.
    private const PivAlgorithm Default = (PivAlgorithm)0x00;

    public static ResponseApdu Process(PivCard card, PivAlgorithm algorithm, IReadOnlyList<BerTlv> fields)
    {
        var key = card.Image.Administration;

        if ((algorithm == Default ? PivAlgorithm.TripleDes : algorithm) != key.Algorithm)
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        card.Did(WorkKind.SymmetricOperation, key.Algorithm);
        var (witness, challenge) = (card.Status.Witness, card.Status.Challenge);
        card.Status.ForgetAdministrationExchange();

        var fieldWitness = BerTlv.Find(fields, GeneralAuthenticate.WitnessTag);
        var fieldChallenge = BerTlv.Find(fields, GeneralAuthenticate.ChallengeTag);
        var fieldResponse = BerTlv.Find(fields, GeneralAuthenticate.ResponseTag);
        return (fieldWitness?.Length, fieldChallenge?.Length, fieldResponse?.Length) switch
        {
            (0, null, null) => GiveWitness(card, key),
            (null, 0, null) => GiveChallenge(card, key),
            (null, null, > 0) => Accept(card, challenge, fieldResponse.Value.Span),
            ( > 0, > 0, null) when card.Image.Model.Quirks.WitnessNeedsEmptyResponse => ResponseApdu.Of(StatusWord.IncorrectData),
            ( > 0, > 0, null or 0) => AcceptAndAnswer(card, key, witness, fieldWitness.Value.Span, fieldChallenge.Value.Span),
            _ => ResponseApdu.Of(StatusWord.IncorrectData),
        };
    }

    private static ResponseApdu GiveWitness(PivCard card, StoredAdministrationKey key)
    {
        card.Status.Witness = RandomNumberGenerator.GetBytes(key.BlockSize);
        return GeneralAuthenticate.Answer(GeneralAuthenticate.WitnessTag, key.Encrypt(card.Status.Witness));
    }

    private static ResponseApdu GiveChallenge(PivCard card, StoredAdministrationKey key)
    {
        var challenge = RandomNumberGenerator.GetBytes(key.BlockSize);
        card.Status.Challenge = key.Encrypt(challenge);
        return GeneralAuthenticate.Answer(GeneralAuthenticate.ChallengeTag, challenge);
    }

    private static ResponseApdu Accept(PivCard card, byte[]? expected, ReadOnlySpan<byte> response)
    {
        if (expected is null || !CryptographicOperations.FixedTimeEquals(expected, response))
        {
            return Refuse(card);
        }

        card.Status.AdministrationAuthenticated = true;
        return ResponseApdu.Ok();
    }

    private static ResponseApdu AcceptAndAnswer(
        PivCard card, StoredAdministrationKey key, byte[]? expected, ReadOnlySpan<byte> witness, ReadOnlySpan<byte> challenge)
    {
        if (expected is null || !CryptographicOperations.FixedTimeEquals(expected, witness))
        {
            return Refuse(card);
        }

        if (challenge.Length != key.BlockSize)
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        card.Status.AdministrationAuthenticated = true;
        return GeneralAuthenticate.Answer(GeneralAuthenticate.ResponseTag, key.Encrypt(challenge));
    }

    private static ResponseApdu Refuse(PivCard card)
    {
        card.Status.AdministrationAuthenticated = false;
        return ResponseApdu.Of(card.Image.Model.Quirks.WrongAdministrationKeyIsIncorrectData
            ? StatusWord.IncorrectData
            : StatusWord.SecurityStatusNotSatisfied);
    }
}
