namespace Evercard.Protocol;

/// <summary>A card was put in. Asked before any passcode, so that a half-renewed card is greeted rightly and burns no try.</summary>
/// <param name="RequestId">Names the CardGreeting.</param>
/// <param name="Reader">The reader's name as the computer tells it.</param>
/// <param name="Chuid">Value of the CHUID data object as read, without the tag 53; empty where there is none.</param>
/// <param name="HasPivApplication">SELECT of the PIV card application succeeded.</param>
/// <param name="Insertion">The reader's count of insertions and removals: another number is another insertion.</param>
/// <param name="TriesLeft">Passcode tries left as the card tells them without using one; null where it does not. 0: it is locked.</param>
public sealed record SeeCard(string RequestId, string Reader, ReadOnlyMemory<byte> Chuid, bool HasPivApplication, int Insertion, int? TriesLeft = null) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Text(Reader, nameof(Reader)) ?? Field.Bytes(Chuid, nameof(Chuid), 0, 4_096)
        ?? Field.NotNegative(Insertion, nameof(Insertion)) ?? Field.Range(TriesLeft ?? 0, nameof(TriesLeft), 0, 15);
}
