using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv;

/// <summary>
/// The dynamic authentication template 7C that GENERAL AUTHENTICATE carries both ways (SP 800-73-5 part 2, table 7).
/// The readers never throw, whatever the card answered.
/// </summary>
public static class DynamicAuthentication
{
    public const int TemplateTag = 0x7C;
    public const int WitnessTag = 0x80;
    public const int ChallengeTag = 0x81;
    public const int ResponseTag = 0x82;

    /// <summary>The encrypted witness that the card answers to <see cref="PivCommands.RequestWitness"/>.</summary>
    /// <param name="answer">Response data.</param>
    /// <param name="algorithm">Algorithm of 9B: the witness has the length of its cipher block.</param>
    /// <param name="witness">One cipher block.</param>
    public static bool TryReadWitness(ReadOnlyMemory<byte> answer, PivAlgorithm algorithm, out ReadOnlyMemory<byte> witness) =>
        TryRead(answer, WitnessTag, out witness) && witness.Length == algorithm.BlockLength();

    /// <summary>The challenge that the card answers to <see cref="PivCommands.RequestChallenge"/>; as for the witness.</summary>
    public static bool TryReadChallenge(ReadOnlyMemory<byte> answer, PivAlgorithm algorithm, out ReadOnlyMemory<byte> challenge) =>
        TryRead(answer, ChallengeTag, out challenge) && challenge.Length == algorithm.BlockLength();

    /// <summary>The response: an encrypted challenge, or a signature (ECDSA: DER sequence; RSA: the block).</summary>
    public static bool TryReadResponse(ReadOnlyMemory<byte> answer, out ReadOnlyMemory<byte> response) =>
        TryRead(answer, ResponseTag, out response) && !response.IsEmpty;

    internal static byte[] Wanted(int tag) => BerTlv.Encode(tag, default);

    private static bool TryRead(ReadOnlyMemory<byte> answer, int tag, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!BerTlv.TryReadOne(answer, TlvReading.Tolerant, out var template, out _) || template.Tag != TemplateTag
            || !BerTlv.TryReadAll(template.Value, TlvReading.Tolerant, out var inner) || BerTlv.Find(inner, tag) is not { } found)
        {
            return false;
        }

        value = found;
        return true;
    }
}
