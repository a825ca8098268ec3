using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Cards;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Unlock;

/// <summary>
/// Another passcode without the old one, at the desk of somebody who may: 9B proves the card, the operator has confirmed the act, the
/// cardholder chose the passcode. No key is touched, so that it runs beside an open renewal.
/// </summary>
public sealed class Unlock(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time)
{
    private sealed record Begun(Registry.Journal.Operation Operation, Smartcard Card, Credential? Sure);

    /// <summary>One visit.</summary>
    /// <param name="opened">Operation and epoch: confirmed, and begun.</param>
    /// <param name="card">The cardholder's card, bound to that operation and epoch; the agent holds the passcode that was chosen.</param>
    /// <param name="cancellation">Ends the visit; it can be begun anew.</param>
    /// <returns>Null where the card has the passcode, and took it.</returns>
    public async Task<Refusal?> Run(DeskOpened.At opened, ICard card, CancellationToken cancellation)
    {
        var begun = await database.Read(
            async records =>
            {
                var operation = await records.Registry.Operations.SingleAsync(o => o.Id == opened.OperationId, cancellation);
                var smartcard = await records.Registry.Smartcards.SingleAsync(c => c.Id == operation.SmartcardId, cancellation);
                return new Begun(operation, smartcard, await SureKey.Of(records.Registry, smartcard.Id, cancellation));
            },
            cancellation);
        using var dialogue = new CardDialogue(card, CardSecrets.AdministrationKey(authority, begun.Card), begun.Card.Driver);
        var journal = new ActJournal(database, authority, time, opened.OperationId, opened.Epoch);
        try
        {
            try
            {
                if ((await new NewPasscode(begun.Operation, begun.Card, dialogue, journal, authority).Set(cancellation) ?? await Try(begun, dialogue, cancellation)) is { } refusal)
                {
                    return await End(journal, begun, refusal);
                }

                await journal.Complete(options, cancellation);
                return null;
            }
            catch (CardException)
            {
                return await End(journal, begun, Refusals.CardUnknown());
            }
            catch (CardConnectionException e)
            {
                return await End(journal, begun, Refusals.CardLost(e.Failure, opened.Reference));
            }
        }
        catch (TakenOverException)
        {
            return await LostOperation.Why(database, begun.Operation, "unlock", options);
        }
    }

    /// <summary>
    /// RESET RETRY COUNTER does not verify the passcode (SP 800-73-5 part 2, 3.2.3): the card is asked once. What its key signs is not
    /// judged here; that is what the test of the card is for.
    /// </summary>
    private static async Task<Refusal?> Try(Begun begun, CardDialogue dialogue, CancellationToken cancellation)
    {
        if (begun.Sure is not { } sure)
        {
            return null;
        }

        dialogue.Last = true;
        var answers = await dialogue.Run(
            "try the passcode",
            [new CardStep.Prove((KeyReference)sure.KeyReference, (PivAlgorithm)sure.Algorithm, RandomNumberGenerator.GetBytes(32), ProofPurpose.Observe, Tolerant: true)],
            cancellation);
        return PasscodeCheck.Of(answers[0]) switch
        {
            PasscodeCheck.Verified => null,
            PasscodeCheck.NotHeld => Refusals.PasscodeNeeded(begun.Operation.Reference),
            _ => Refusals.CardFaulty(begun.Operation.Reference),
        };
    }

    private async Task<Refusal> End(ActJournal journal, Begun begun, Refusal refusal)
    {
        refusal = await database.Read(r => refusal.WithHelp(r.Registry, begun.Operation.PersonUuid, CancellationToken.None), CancellationToken.None);
        var failures = await journal.Wait(refusal, CancellationToken.None);
        return failures >= Registry.Journal.Operation.MostFailures ? Refusals.RetryStop(begun.Operation.Reference) : refusal;
    }
}
