using Evercard.Cards.Piv;

namespace Evercard.Lifecycle;

/// <summary>The rules that an installation may choose. Nothing in the acts repeats one of these numbers.</summary>
public sealed record LifecycleOptions
{
    /// <summary>Validity of new certificates, in months.</summary>
    public int ValidityMonths { get; init; } = 24;

    /// <summary>Length of the renewal window before expiry, in days.</summary>
    public int RenewalWindowDays { get; init; } = 90;

    /// <summary>How long a renewal that was begun in time may still be finished, in days.</summary>
    public int FinishByDays { get; init; } = 14;

    /// <summary>An operation that touched no key is given up after this time.</summary>
    public TimeSpan AbandonUntouchedAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A session that nothing else ended is over after this time.</summary>
    public TimeSpan SessionAtMost { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long a session waits for its card during an act, and for the link to its computer.</summary>
    public TimeSpan SuspendFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An open operation that nobody worked on for this time is no longer under way elsewhere.</summary>
    public TimeSpan UnderWayFor { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long an operator's confirmation of one act is good for, tries and all.</summary>
    public TimeSpan ConfirmationGoodFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a repair that failed twice lets nobody try again, on any computer: the service desk is rung first.</summary>
    public TimeSpan RepairStopsFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where people reach the service: the links of notifications lead there. A server node puts its own address in.</summary>
    public Uri ServiceAddress { get; init; } = new("http://localhost/");

    /// <summary>How long the link of a notification raises an alarm, in days.</summary>
    public int AlarmLinkDays { get; init; } = 30;

    /// <summary>How long an alarm is shown to whoever has to do with the card, in days. It stays in the history.</summary>
    public int AlarmShownDays { get; init; } = 90;

    /// <summary>A notification that could not be sent for so long is given up.</summary>
    public TimeSpan NotificationTriedFor { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The time zone in which people read dates.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>Which table of roles.json says who may do what: "classic" or "current".</summary>
    public string RolePreset { get; init; } = Roles.RoleTable.Classic;

    /// <summary>Algorithm of new keys.</summary>
    public PivAlgorithm KeyAlgorithm { get; init; } = PivAlgorithm.P256;
}
