using Evercard.Authority;
using Evercard.Cards;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Keys;

namespace Evercard.Lifecycle.Issuance;

/// <summary>
/// Takes a PIV card that is in somebody's hands already onto the books: its CHUID and passcode stay, 9B becomes a random one where the
/// card lets us set it, both keys are made anew. A cut adoption is finished by adopting again: the new 9B was recorded before it was sent.
/// </summary>
public sealed class Adoption(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time)
{
    private readonly CardRecord records = new(database, authority, time);
    private readonly FirstKeys keys = new(database, authority, time);

    /// <param name="order">For whom.</param>
    /// <param name="card">The card; the agent holds its passcode.</param>
    /// <param name="presentKey">Its 9B.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CardException">No known 9B is the card's, or the card refused a step.</exception>
    /// <exception cref="Authority.Issuing.OrderRefusedException">Its certificates could not be made: nothing has changed.</exception>
    /// <exception cref="Authority.Issuing.AuthorityUnavailableException">The authority gives no signature.</exception>
    public async Task<IssuanceOutcome> Adopt(IssuanceOrder order, ICard card, AdministrationKey presentKey, CancellationToken cancellation)
    {
        using var present = new CardDialogue(card, presentKey, order.Driver);
        if (await FirstKeys.ReadChuid(present, cancellation) is not { } contents)
        {
            return new IssuanceOutcome.Refused(Refusals.CardUnreadable());
        }

        var person = await keys.Person(order, cancellation);
        var hasChuid = Chuid.TryDecode(contents, out var found);
        var chuid = hasChuid ? found! : CardRecord.NewChuid(order);
        keys.Preflight(order, person, chuid, options.TimeZone);

        // 9B and passcode are proven before anything is recorded: mistyped ones must not leave a card on the books.
        using var cut = hasChuid ? await records.FindCut(chuid.CardUuid, order, cancellation) : null;
        if (await Confirms(present, order, cancellation) is { } confirmed)
        {
            return confirmed.Refused ?? await Take(order, card, present, presentKey, CardRecord.NextAdministrationKey(order, cut?.Next), chuid, hasChuid ? contents.ToArray() : null, cancellation);
        }

        if (cut?.Next is { } recorded)
        {
            // The adoption before this one was cut after the card took its new 9B.
            using var next = new CardDialogue(card, recorded, order.Driver);
            await FirstKeys.ReadChuid(next, cancellation);
            if (await Confirms(next, order, cancellation) is { } taken)
            {
                return taken.Refused ?? await Take(order, card, next, recorded, null, chuid, contents.ToArray(), cancellation);
            }
        }

        throw new CardException(Cards.Iso7816.StatusWord.SecurityStatusNotSatisfied, "The card and the server do not share the administration key.");
    }

    private async Task<IssuanceOutcome> Take(
        IssuanceOrder order, ICard card, CardDialogue dialogue, AdministrationKey present, AdministrationKey? next, Chuid chuid, byte[]? chuidOnCard, CancellationToken cancellation)
    {
        using var held = next;
        if (await records.Open(order, chuid, chuidOnCard ?? chuid.Encode(), present, next, null, options.TimeZone, cancellation) is not { } opened)
        {
            return new IssuanceOutcome.Refused(Refusals.AgentNotApproved());
        }

        var journal = new ActJournal(database, authority, time, opened.Operation.Id, opened.Operation.Epoch);
        CardStep[] take =
        [
            .. chuidOnCard is not null ? [] : new[] { new CardStep.Raw(PivCommands.PutData(DataObject.Chuid, chuid.Encode())) },
            .. next is null ? [] : new[] { new CardStep.Raw(PivCommands.SetManagementKey(next.Algorithm, next.Bytes)) },
        ];
        if (take.Length > 0)
        {
            await FirstKeys.Expect(dialogue.RunAuthenticated("take over", take, cancellation), take.Length);
        }

        await CardRecord.PromoteSecrets(journal, cancellation);
        var person = await keys.Person(order, cancellation);
        return await keys.Make(order, opened.Operation, journal, card, person, cancellation);
    }

    /// <returns>Null where this is not the card's 9B; otherwise whether the passcode was refused.</returns>
    private static async Task<(IssuanceOutcome? Refused, bool Confirmed)?> Confirms(CardDialogue dialogue, IssuanceOrder order, CancellationToken cancellation)
    {
        try
        {
            return await dialogue.RunAuthenticated("confirm 9B and passcode", [new CardStep.VerifyPasscode()], cancellation) switch
            {
                [{ Status.IsSuccess: true }] => (null, true),
                [{ Status.TriesLeft: 0 }] => (new IssuanceOutcome.Refused(Refusals.CardLocked(order.Driver)), true),
                [{ Status.TriesLeft: { } left }] => (new IssuanceOutcome.Refused(Refusals.PasscodeWrong(left)), true),
                _ => (new IssuanceOutcome.Refused(Refusals.CardUnreadable()), true),
            };
        }
        catch (CardException)
        {
            return null;
        }
    }
}
