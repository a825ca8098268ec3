using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Commands;

/// <summary>GENERATE ASYMMETRIC KEY PAIR (SP 800-73-5 part 2, 3.3.2): needs the administration key; the old key is gone at once.</summary>
internal static class GenerateAsymmetricKeyPair
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        var reference = (KeyReference)command.P2;
        if (command.P1 != 0x00 || !GeneralAuthenticate.IsAsymmetric(reference))
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        if (!card.Status.AdministrationAuthenticated)
        {
            return ResponseApdu.Of(StatusWord.SecurityStatusNotSatisfied);
        }

        if (!BerTlv.TryReadAll(command.Data, TlvReading.Strict, out var outer) || outer is not [{ Tag: 0xAC } template]
            || !BerTlv.TryReadAll(template.Value, TlvReading.Strict, out var fields)
            || fields is not [{ Tag: 0x80 } chosen] || chosen.Value.Length != 1
            || !card.Image.Model.KeyAlgorithms.Contains((PivAlgorithm)chosen.Value.Span[0]))
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        var algorithm = (PivAlgorithm)chosen.Value.Span[0];
        var key = card.Pool.Take(algorithm);
        card.Image.Store(reference, key);
        card.Did(WorkKind.GenerateKey, algorithm);
        return ResponseApdu.Ok(BerTlv.Encode(0x7F49, key.PublicKeyObjects()));
    }
}
