using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>All that decides whether a card needs somebody's attention.</summary>
/// <param name="Status">Of the card.</param>
public sealed record CardFacts(SmartcardStatus Status)
{
    /// <summary>The act on its keys that is not finished; null where there is none.</summary>
    public OperationFacts? Unfinished { get; init; }

    /// <summary>The last act on its keys that was given up while a key was being replaced, where none was completed since; null otherwise.</summary>
    public EndedAct? Ended { get; init; }

    /// <summary>It lacks a certificate that counts: since when the last one is revoked. Null where it lacks none.</summary>
    public DateTimeOffset? CertificateGoneSince { get; init; }

    /// <summary>It has at least one certificate that counts.</summary>
    public bool HasCertificate { get; init; }

    /// <summary>Name of the quarantined computer that handed in a key that counts, and when it did; null where there is none.</summary>
    public (string Computer, DateTimeOffset At)? MadeByLiar { get; init; }

    /// <summary>It was seen with another key or certificate, when and at which computer; null where it was not, or was put right.</summary>
    public (DateTimeOffset At, string? Computer)? SeenOtherwise { get; init; }

    /// <summary>What its cardholder said of acts on it, newest first.</summary>
    public IReadOnlyList<(string Said, DateTimeOffset At)> Alarms { get; init; } = [];
}

/// <summary>An act that was given up halfway.</summary>
/// <param name="Act">Which.</param>
/// <param name="Reference">EV-XXXX-XX.</param>
/// <param name="Computer">Where it was worked on last.</param>
/// <param name="At">When it was last worked on.</param>
public sealed record EndedAct(Act Act, string Reference, string Computer, DateTimeOffset At);

/// <summary>What is to be shown of a card: a pure function.</summary>
public static class CardRule
{
    /// <returns>The most urgent first; empty where all is well.</returns>
    public static IReadOnlyList<Finding> Of(CardFacts facts, DateTimeOffset now, LifecycleOptions options)
    {
        if (facts.Status == SmartcardStatus.Cancelled)
        {
            return [];
        }

        var found = facts.Alarms.Select(alarm => new Finding(FindingKind.CardholderAlarm, alarm.At) { Said = alarm.Said }).ToList();
        if (facts.MadeByLiar is var (computer, at))
        {
            found.Add(new Finding(FindingKind.MadeByLiar, at) { Liar = computer });
        }

        if (facts.Unfinished is { } unfinished)
        {
            if (Of(unfinished, OperationRule.Of(unfinished, now, options)) is { } finding)
            {
                found.Add(finding);
            }
        }
        else if (facts.Status == SmartcardStatus.Issuing)
        {
            if (facts is { HasCertificate: true, Ended: { } half })
            {
                found.Add(Of(half, FindingKind.IssuanceUnfinished));
            }
        }
        else if (facts.Ended is { } ended)
        {
            found.Add(Of(ended, FindingKind.EndedHalfway));
        }
        else if (facts.CertificateGoneSince is { } since)
        {
            found.Add(new Finding(FindingKind.CertificateGone, since));
        }
        else if (facts.SeenOtherwise is var (seenAt, where))
        {
            found.Add(new Finding(FindingKind.SeenOtherwise, seenAt) { Computer = where });
        }

        return [.. found.OrderBy(one => one.Kind)];
    }

    /// <summary>While somebody is at it, the card is looked after. What is about to be given up is shown as it will be then.</summary>
    private static Finding? Of(OperationFacts unfinished, Remedy remedy) => remedy switch
    {
        Remedy.Show show => show.Finding,
        Remedy.VoidAndRevoke when unfinished is { IsHalfway: true, Act: not Act.Issuance } =>
            Of(new EndedAct(unfinished.Act, unfinished.Reference, unfinished.Computer, unfinished.TouchedAt), FindingKind.EndedHalfway),
        _ => null,
    };

    private static Finding Of(EndedAct ended, FindingKind kind) =>
        new(kind, ended.At) { Act = ended.Act, Reference = ended.Reference, Computer = ended.Computer };
}
