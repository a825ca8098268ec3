using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv;

/// <content>
/// GENERAL AUTHENTICATE (SP 800-73-5 part 2, 3.2.4 and appendix A). The answers are read by <see cref="DynamicAuthentication"/>.
/// </content>
public static partial class PivCommands
{
    /// <summary>Mutual authentication with 9B, first half: the card answers an encrypted witness.</summary>
    public static CommandApdu RequestWitness(PivAlgorithm algorithm) =>
        GeneralAuthenticate(algorithm, KeyReference.Administration, DynamicAuthentication.Wanted(DynamicAuthentication.WitnessTag));

    /// <summary>Mutual authentication with 9B, second half: the card answers the encrypted challenge.</summary>
    /// <param name="algorithm">Algorithm of 9B.</param>
    /// <param name="decryptedWitness">One cipher block.</param>
    /// <param name="challenge">One cipher block of our own random bytes.</param>
    /// <param name="askResponse">Ends with an empty 82: see <see cref="Drivers.CardDriver.AsksForResponse"/>.</param>
    public static CommandApdu AnswerWitness(
        PivAlgorithm algorithm, ReadOnlySpan<byte> decryptedWitness, ReadOnlySpan<byte> challenge, bool askResponse = false) =>
        GeneralAuthenticate(algorithm, KeyReference.Administration,
        [
            .. BerTlv.Encode(DynamicAuthentication.WitnessTag, decryptedWitness),
            .. BerTlv.Encode(DynamicAuthentication.ChallengeTag, challenge),
            .. askResponse ? DynamicAuthentication.Wanted(DynamicAuthentication.ResponseTag) : [],
        ]);

    /// <summary>Single authentication with 9B, first half: the card answers a challenge. It proves nothing of the card.</summary>
    public static CommandApdu RequestChallenge(PivAlgorithm algorithm) =>
        GeneralAuthenticate(algorithm, KeyReference.Administration, DynamicAuthentication.Wanted(DynamicAuthentication.ChallengeTag));

    /// <summary>Single authentication with 9B, second half.</summary>
    /// <param name="algorithm">Algorithm of 9B.</param>
    /// <param name="encryptedChallenge">One cipher block.</param>
    public static CommandApdu AnswerChallenge(PivAlgorithm algorithm, ReadOnlySpan<byte> encryptedChallenge) =>
        GeneralAuthenticate(algorithm, KeyReference.Administration, BerTlv.Encode(DynamicAuthentication.ResponseTag, encryptedChallenge));

    /// <summary>Signs with a key on the card (appendix A.4).</summary>
    /// <param name="key">9A, 9C, 9D or 9E.</param>
    /// <param name="algorithm">Algorithm of the key.</param>
    /// <param name="block">What <see cref="SignatureInput.For"/> gives.</param>
    public static CommandApdu Sign(KeyReference key, PivAlgorithm algorithm, ReadOnlyMemory<byte> block) =>
        GeneralAuthenticate(algorithm, key,
            [.. DynamicAuthentication.Wanted(DynamicAuthentication.ResponseTag), .. BerTlv.Encode(DynamicAuthentication.ChallengeTag, block.Span)]);

    private static CommandApdu GeneralAuthenticate(PivAlgorithm algorithm, KeyReference key, ReadOnlySpan<byte> template) =>
        Command(PivInstruction.GeneralAuthenticate, (byte)algorithm, (byte)key,
            BerTlv.Encode(DynamicAuthentication.TemplateTag, template), CommandApdu.MaxShortLe);
}
