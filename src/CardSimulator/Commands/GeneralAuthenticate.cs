using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Commands;

/// <summary>GENERAL AUTHENTICATE (SP 800-73-5 part 2, 3.2.4): 9B exchanges, signatures, key agreement.</summary>
internal static class GeneralAuthenticate
{
    public const int TemplateTag = 0x7C;
    public const int WitnessTag = 0x80;
    public const int ChallengeTag = 0x81;
    public const int ResponseTag = 0x82;
    public const int ExponentiationTag = 0x85;

    public static bool IsAsymmetric(KeyReference key) => key is KeyReference.Authentication or KeyReference.Signature
        or KeyReference.KeyManagement or KeyReference.CardAuthentication;

    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        // One use of the key for one VERIFY, even where this command fails.
        var fresh = card.Status.PasscodeFresh;
        card.Status.PasscodeFresh = false;

        if (!BerTlv.TryReadAll(command.Data, TlvReading.Strict, out var outer) || outer is not [{ Tag: TemplateTag } template]
            || !BerTlv.TryReadAll(template.Value, TlvReading.Strict, out var fields))
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        var key = (KeyReference)command.P2;
        if (key == KeyReference.Administration)
        {
            return AdministrationExchange.Process(card, (PivAlgorithm)command.P1, fields);
        }

        if (!IsAsymmetric(key))
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        card.Status.ForgetAdministrationExchange();
        var allowed = key switch
        {
            KeyReference.Signature => fresh,
            KeyReference.CardAuthentication => true,
            _ => card.Status.PasscodeVerified,
        };
        return allowed
            ? PrivateKeyUse.Process(card, key, (PivAlgorithm)command.P1, fields)
            : ResponseApdu.Of(StatusWord.SecurityStatusNotSatisfied);
    }

    /// <summary>The answer: one field in the dynamic authentication template.</summary>
    public static ResponseApdu Answer(int tag, ReadOnlySpan<byte> value) =>
        ResponseApdu.Ok(BerTlv.Encode(TemplateTag, BerTlv.Encode(tag, value)));
}
