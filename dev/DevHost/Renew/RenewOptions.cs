using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.DevHost.Renew;

/// <summary>What `./run --renew` was asked for.</summary>
/// <param name="Pcsc">Cards in the computer's real readers.</param>
/// <param name="Reader">Only this reader (part of its name is enough).</param>
/// <param name="Algorithm">Of the new keys.</param>
/// <param name="Timing">Speed of a sample card that is made for the run.</param>
/// <param name="LinkDelay">Added to each round trip.</param>
/// <param name="Json">One object on standard output and nothing else.</param>
/// <param name="PasscodeFromStandardInput">One line.</param>
/// <param name="Data">Folder that stays, for <paramref name="Pcsc"/>.</param>
/// <param name="Verbose">Logs on standard error.</param>
public sealed record RenewOptions(
    bool Pcsc, string? Reader, PivAlgorithm Algorithm, CardSpeed Timing, TimeSpan LinkDelay, bool Json, bool PasscodeFromStandardInput, string Data, bool Verbose);
