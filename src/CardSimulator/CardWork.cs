using Evercard.Cards.Piv;

namespace Evercard.CardSimulator;

public enum WorkKind
{
    GenerateKey,
    PrivateKeyOperation,
    SymmetricOperation,
    CheckReference,
    ReadObject,
    WriteObject,
}

/// <summary>One thing that a command made the card do and that takes time.</summary>
/// <param name="Kind">What.</param>
/// <param name="Algorithm">Of the key, where one is used.</param>
/// <param name="Bytes">Of the data object, where one is read or written.</param>
public readonly record struct CardWork(WorkKind Kind, PivAlgorithm Algorithm = default, int Bytes = 0);
