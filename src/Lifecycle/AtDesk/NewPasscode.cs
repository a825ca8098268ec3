using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Issuance;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.AtDesk;

/// <summary>
/// Sets the passcode that the cardholder chose, with the card's PUK (RESET RETRY COUNTER, SP 800-73-5 part 2, 3.2.3). 9B comes first, so
/// that no other card is told our PUK. A PUK that was sent to a computer is replaced in the same script (DESIGN 2.5): the next one is
/// recorded before it is sent, and of two that may hold each is tried once.
/// </summary>
internal sealed class NewPasscode(Operation operation, Smartcard smartcard, CardDialogue dialogue, ActJournal journal, CertificateAuthority authority)
{
    /// <returns>Null where the card has the passcode.</returns>
    public async Task<Refusal?> Set(CancellationToken cancellation)
    {
        if (await Look(cancellation) is { } otherCard)
        {
            return otherCard;
        }

        var candidates = CardSecrets.Puks(authority, smartcard);
        try
        {
            // The one that was recorded last holds where the visit before was cut after the card took it.
            foreach (var (puk, isNext) in candidates.Select((puk, i) => (puk, IsNext: i == 1 || smartcard.WrappedPuk is null)))
            {
                var check = await Try(puk, isNext, cancellation);
                if (check == PukCheck.NotAsked)
                {
                    if (await Look(cancellation) is { } gone)
                    {
                        return gone;
                    }

                    check = await Try(puk, isNext, cancellation);
                }

                if (check != PukCheck.Wrong)
                {
                    return check switch
                    {
                        PukCheck.Right => null,
                        PukCheck.OtherPasscode => Refusals.PasscodeRefused(),
                        PukCheck.NotAsked => Refusals.CardBusy(operation.Reference),
                        PukCheck.NotHeld => Refusals.PasscodeNeeded(operation.Reference),
                        _ => Refusals.PukRefused(operation.Reference),
                    };
                }

                // The script stopped before it asked for a witness.
                if (await Look(cancellation) is { } lost)
                {
                    return lost;
                }
            }

            return Refusals.PukRefused(operation.Reference);
        }
        finally
        {
            foreach (var puk in candidates)
            {
                CryptographicOperations.ZeroMemory(puk);
            }
        }
    }

    /// <summary>SELECT, CHUID, and a witness for 9B.</summary>
    private async Task<Refusal?> Look(CancellationToken cancellation)
    {
        var look = await dialogue.Run(
            "look", [new CardStep.Raw(PivCommands.Select()), new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true)], cancellation);
        if (look.Count < 2 || !DataObjectAnswer.TryRead(new ResponseApdu(look[1].Data, look[1].Status), DataObject.Chuid, out var chuid))
        {
            return Refusals.CardUnreadable();
        }

        return chuid.Span.SequenceEqual(smartcard.Chuid) ? null : Refusals.CardUnknown();
    }

    private async Task<PukCheck> Try(byte[] puk, bool isNext, CancellationToken cancellation)
    {
        var next = isNext ? puk : await RecordNext(cancellation);
        try
        {
            var answers = await dialogue.RunAuthenticated(
                "set the passcode",
                [
                    new CardStep.SetPasscode(puk),
                    .. isNext ? [] : new CardStep[] { new CardStep.Raw(PivCommands.ChangeReferenceData(ReferenceData.Puk, puk, next), AnyStatus: true) },
                ],
                cancellation,
                looksAgain: true);
            switch (answers)
            {
                case []:
                    return PukCheck.NotAsked;
                case [{ Status.IsSuccess: true }, ..]:
                    await RecordHolds(isReplaced: !isNext && answers is [_, { Status.IsSuccess: true }], isNext, cancellation);
                    return PukCheck.Right;
                case [{ Status: var status }, ..] when status == StatusWord.IncorrectData:
                    // SP 800-73-5 part 2, 3.2.3: passcode and counters are as they were. The script stopped there, so the PUK is the card's
                    // still; it and the next one stay on record, and each is tried again with the passcode that is chosen now.
                    return PukCheck.OtherPasscode;
                case [{ Status: var status }, ..] when status == StatusWord.SecurityStatusNotSatisfied:
                    return PukCheck.NotHeld;
                case [{ Status: var status }, ..]:
                    return status.TriesLeft is > 0 ? PukCheck.Wrong : PukCheck.Refused;
                default:
                    return PukCheck.Refused;
            }
        }
        finally
        {
            if (!isNext)
            {
                CryptographicOperations.ZeroMemory(next);
            }
        }
    }

    /// <summary>Before the present one is sent: from now on it counts as exposed.</summary>
    private async Task<byte[]> RecordNext(CancellationToken cancellation)
    {
        // One that was recorded and perhaps sent is kept: it may be the card's by now.
        if (smartcard.WrappedNextPuk is { } recorded)
        {
            return authority.Unwrap(recorded, CardSecrets.NameOfPuk(smartcard.Id));
        }

        var next = CardRecord.NewPuk();
        var wrapped = authority.Wrap(next, CardSecrets.NameOfPuk(smartcard.Id));
        await journal.Change(
            async (records, at) =>
            {
                var card = await records.Registry.Smartcards.SingleAsync(c => c.Id == at.SmartcardId, cancellation);
                (card.WrappedNextPuk, card.PukExposed) = (wrapped, true);
                return (true, ActJournal.What("PukUseIntended", at));
            },
            cancellation);
        (smartcard.WrappedNextPuk, smartcard.PukExposed) = (wrapped, true);
        return next;
    }

    private Task RecordHolds(bool isReplaced, bool wasNext, CancellationToken cancellation) => journal.Change(
        async (records, at) =>
        {
            var card = await records.Registry.Smartcards.SingleAsync(c => c.Id == at.SmartcardId, cancellation);
            if (isReplaced || wasNext)
            {
                (card.WrappedPuk, card.WrappedNextPuk) = (card.WrappedNextPuk, null);
            }

            // A next one that had to be used was sent as well: it is replaced at the next use.
            card.PukExposed = !isReplaced;
            return (true, ActJournal.What("PasscodeReset", at, ("pukReplaced", isReplaced ? "yes" : "no")));
        },
        cancellation);

    private enum PukCheck
    {
        Right,
        Wrong,

        /// <summary>The card lost its session with 9B first: another program reset it, or chose an application.</summary>
        NotAsked,

        /// <summary>The card's own rules do not allow the passcode that was chosen.</summary>
        OtherPasscode,

        /// <summary>The agent holds the passcode that was chosen no more, and sent the card nothing.</summary>
        NotHeld,
        Refused,
    }
}
