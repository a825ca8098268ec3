using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>A card in one of this computer's readers, as people may be told of it.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Insertion">The reader's count of insertions and removals.</param>
/// <param name="TriesLeft">Passcode tries left, where the card told them.</param>
/// <param name="Greeting">What the server knows of it; null before it answered, and where it refused.</param>
/// <param name="Refused">The server's refusal, or the computer's own.</param>
public sealed record CardInReader(string Reader, int Insertion, int? TriesLeft = null, CardGreeting? Greeting = null, Refused? Refused = null);
