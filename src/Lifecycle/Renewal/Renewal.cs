using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Keys;
using Microsoft.Extensions.Logging;

namespace Evercard.Lifecycle.Renewal;

/// <summary>
/// The renewal of both keys and certificates of a smartcard, from an opened operation to a closed one. Begun anew after any
/// cut, it looks at the card first and asks <see cref="NextStep"/> what is left to do: every step is safe to repeat.
/// </summary>
public sealed class Renewal(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time, ILogger<Renewal> log)
{
    private const int MostLooks = 3;

    /// <summary>One visit. The numbers are the steps of docs/renewal.md.</summary>
    /// <param name="opened">Operation and epoch (steps 3 and 4).</param>
    /// <param name="card">The card, bound to that operation and epoch; the passcode was asked for (step 5).</param>
    /// <param name="progress">Told of each step as it begins.</param>
    /// <param name="cancellation">Ends the visit; the renewal can be finished later.</param>
    public async Task<RenewalOutcome> Run(
        RenewalOpened.At opened, ICard card, IProgress<RenewalProgress>? progress, CancellationToken cancellation)
    {
        using var visit = await RenewalVisit.Begin(database, authority, time, opened, card, cancellation);
        return await Run(visit, null, progress, cancellation);
    }

    /// <summary>The same path for a repair, which is authorised otherwise and sets the passcode first.</summary>
    /// <param name="visit">Holds the operation, whichever act it is.</param>
    /// <param name="first">What comes before the card is looked at; answers why it goes no further, or null.</param>
    /// <param name="progress">Told of each step as it begins.</param>
    /// <param name="cancellation">Ends the visit; the act can be finished later.</param>
    internal async Task<RenewalOutcome> Run(
        RenewalVisit visit, Func<CancellationToken, Task<Refusal?>>? first, IProgress<RenewalProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return first is not null && await first(cancellation) is { } refusal
                ? await End(visit, refusal)
                : await Path(visit, progress, cancellation);
        }
        catch (Exception e) when (e is AuthorityUnavailableException or OrderRefusedException)
        {
            RenewalLog.NoCertificates(log, visit.Operation.Reference, e);
            return await End(visit, Refusals.AuthorityDown(visit.KeyTouched || visit.IsRepair, visit.OldNotAfter, options.TimeZone, visit.Operation.Reference, visit.ActInWords));
        }
        catch (CardException e)
        {
            RenewalLog.CardSaidNo(log, visit.Operation.Reference, e.Status, e.Message);
            return await End(visit, Refusals.CardUnknown(), takeBackIntent: !e.Status.IsSuccess);
        }
        catch (CardConnectionException e)
        {
            RenewalLog.CardLost(log, visit.Operation.Reference, e.Failure);
            return await End(visit, Refusals.CardLost(e.Failure, visit.Operation.Reference));
        }
        catch (TakenOverException)
        {
            return visit.Ended(await LostOperation.Why(database, visit.Operation, visit.ActInWords, options));
        }
    }

    /// <summary>The path, top to bottom.</summary>
    private async Task<RenewalOutcome> Path(RenewalVisit visit, IProgress<RenewalProgress>? progress, CancellationToken cancellation)
    {
        // 6. See what is on the card.
        progress?.Report(new(6, "Looking at the smartcard"));
        if (await Look(visit, cancellation) is { } unseen)
        {
            return await End(visit, unseen);
        }

        // A recorded key that proves itself gives the right to finish what was begun elsewhere.
        if (!visit.Holds && visit.Slots.Any(s => s.Situation.Proves) && !await visit.TakeOver(cancellation)
            && await Look(visit, cancellation) is { } changed)
        {
            return await End(visit, changed);
        }

        while (true)
        {
            var done = true;
            var next = NextStep.For(visit.Situation);
            RenewalLog.Next(log, visit.Operation.Reference, next);
            switch (next)
            {
                // 7, 8. Check all that can fail, record the intent, make the key, record the key.
                case NextStep.Generate generate:
                    var algorithm = visit.AlgorithmOf(generate, options.KeyAlgorithm);
                    progress?.Report(new(7, $"Checking before the {Words(generate.Key)} key is made"));
                    visit.Replacement.Preflight(generate.Key, algorithm);
                    progress?.Report(new(8, $"Making the {Words(generate.Key)} key"));
                    done = await visit.Replacement.Generate(visit[generate.Key], algorithm, generate.NewAttempt, generate.Alarm, cancellation);
                    break;

                // 9. Record what is to be signed, then sign it.
                case NextStep.Issue issue:
                    progress?.Report(new(9, $"Issuing the {Words(issue.Key)} certificate"));
                    await visit.Replacement.Issue(visit[issue.Key], cancellation);
                    break;

                // 10, 11. Write, reset, read back, prove; only then is the old certificate superseded.
                case NextStep.Write write:
                    progress?.Report(new(10, $"Writing and proving the {Words(write.Key)} certificate"));
                    visit.Dialogue.Last = visit.OnlyLeft(write.Key);
                    done = await visit.Replacement.WriteAndProve(visit[write.Key], write: true, cancellation);
                    break;

                case NextStep.Prove prove:
                    progress?.Report(new(10, $"Proving the {Words(prove.Key)} certificate"));
                    visit.Dialogue.Last = visit.OnlyLeft(prove.Key);
                    done = await visit.Replacement.WriteAndProve(visit[prove.Key], write: false, cancellation);
                    break;

                // A recorded key that the card does not hold is given up, with an alarm.
                case NextStep.Void lost:
                    await visit.GiveUp(lost, cancellation);
                    break;

                // 13. Both slots are proven.
                case NextStep.Close:
                    progress?.Report(new(13, $"Closing the {visit.ActInWords}"));
                    await visit.Journal.Complete(options, cancellation);
                    return visit.Completed();

                case NextStep.Wait wait:
                    return await End(visit, RefusalFor(wait.Reason, visit.Operation.Reference));

                default:
                    return await End(visit, Refusals.RepairNeeded(visit.Operation.Reference));
            }

            // The card did not do as told: what is on it now must be seen, not guessed.
            if (!done && await Look(visit, cancellation) is { } lostSight)
            {
                return await End(visit, lostSight);
            }
        }
    }

    private static async Task<Refusal?> Look(RenewalVisit visit, CancellationToken cancellation)
    {
        if (++visit.Looks > MostLooks)
        {
            return Refusals.CardFaulty(visit.Operation.Reference);
        }

        visit.Dialogue.Last = false;
        var purpose = visit.KeyTouched && !visit.IsRepair ? ProofPurpose.Finish : ProofPurpose.Observe;
        return await Observation.Of(visit.Dialogue, visit.Smartcard, visit.Slots, purpose, cancellation) switch
        {
            Observation.Seen => null,
            Observation.NoPasscode { Check: PasscodeCheck.Locked } when visit.Expired => Refusals.LockedAndExpired(),
            Observation.NoPasscode no => no.Check.Refuse(visit.Smartcard, visit.Operation.Reference),
            Observation.OtherCard { Readable: true } => Refusals.CardUnknown(),
            _ => Refusals.CardUnreadable(),
        };
    }

    /// <summary>The operation waits until the card is seen again; without a touched key nothing is left to finish.</summary>
    /// <param name="visit">The visit that ends.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="takeBackIntent">
    /// The card refused 9B, and with it GENERATE. A card that took our answer and only answered the challenge wrongly may have run it.
    /// </param>
    private async Task<RenewalOutcome> End(RenewalVisit visit, Refusal refusal, bool takeBackIntent = false)
    {
        refusal = await database.Read(r => refusal.WithHelp(r.Registry, visit.Operation.PersonUuid, CancellationToken.None), CancellationToken.None);
        if (!visit.Holds)
        {
            await visit.Journal.RecordRefusal(visit.Operation, visit.Dialogue.Binding.AgentId, refusal.Code, CancellationToken.None);
            return visit.Ended(refusal);
        }

        try
        {
            if (takeBackIntent)
            {
                await visit.TakeBackIntent(CancellationToken.None);
            }

            await visit.Journal.Wait(refusal, CancellationToken.None);
        }
        catch (TakenOverException)
        {
            return visit.Ended(await LostOperation.Why(database, visit.Operation, visit.ActInWords, options));
        }

        return visit.Ended(refusal);
    }

    private static Refusal RefusalFor(WaitReason reason, string reference) => reason switch
    {
        WaitReason.CardFaulty => Refusals.CardFaulty(reference),
        WaitReason.AgentQuarantined => Refusals.AgentQuarantined(reference),
        _ => Refusals.CardUnreadable(),
    };

    private static string Words(KeyReference key) => key == KeyReference.Signature ? "signature" : "log-in";
}
