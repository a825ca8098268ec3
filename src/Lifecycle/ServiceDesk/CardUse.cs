using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.ServiceDesk;

/// <summary>What one key of a card is good for, as far as the books know.</summary>
public enum KeyUse
{
    Works,

    /// <summary>It may have been replaced on the card, and the new one was not proven yet.</summary>
    Unproven,

    Expired,

    /// <summary>The card has no certificate for it.</summary>
    Missing,
}

/// <summary>Whether a card can be used now: from the journal alone, without the card. An act touches one key after the other, so that at most one is unproven.</summary>
/// <param name="LogIn">9A.</param>
/// <param name="Signature">9C.</param>
public sealed record CardUse(KeyUse LogIn, KeyUse Signature)
{
    private const byte LogInKey = 0x9A;
    private const byte SignatureKey = 0x9C;

    /// <param name="newest">The newest operation of the card.</param>
    /// <param name="steps">Its journal.</param>
    /// <param name="current">The card's credentials that count.</param>
    /// <param name="now">The server's clock.</param>
    public static CardUse Of(Operation newest, IReadOnlyList<OperationStep> steps, IReadOnlyList<Credential> current, DateTimeOffset now)
    {
        return new(Of(LogInKey), Of(SignatureKey));

        KeyUse Of(byte key)
        {
            var ofKey = steps.Where(step => step.KeyReference == key).ToList();
            return ofKey.TrueForAll(step => step.State != StepState.Proven) && ofKey.Exists(step => MayBeOnCard(step, newest.State)) ? KeyUse.Unproven
                : current.FirstOrDefault(credential => credential.KeyReference == key) is not { } credential ? KeyUse.Missing
                : credential.NotAfter < now ? KeyUse.Expired
                : KeyUse.Works;
        }
    }

    /// <summary>An attempt that was given up while nothing of it was known came to nothing; at the end of an operation nobody looked.</summary>
    private static bool MayBeOnCard(OperationStep step, OperationState operation) =>
        step.State != StepState.Voided || step.PublicKey is not null || operation == OperationState.Aborted;
}
