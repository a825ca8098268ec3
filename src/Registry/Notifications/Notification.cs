namespace Evercard.Registry.Notifications;

/// <summary>How a notification goes out.</summary>
public enum NotificationChannel
{
    Email,
    Text,
}

/// <summary>
/// What tells a cardholder, by e-mail or text message, of an act on the smartcard; written in the same transaction as the act's own event and
/// sent afterwards. It is to be sent as long as it has a body.
/// </summary>
public sealed class Notification
{
    public const int LongestAddress = 320;
    public const int LongestSummary = 1000;
    public const int LongestBody = 4000;

    public required Guid Id { get; init; }

    /// <summary>What was done, by the name of the act, such as Renewal or PasscodeChange.</summary>
    public required string Act { get; init; }

    public required Guid SmartcardId { get; init; }

    public required string PersonUuid { get; init; }

    /// <summary>Null for an act that is no operation.</summary>
    public Guid? OperationId { get; init; }

    public required NotificationChannel Channel { get; init; }

    /// <summary>E-mail address or mobile number, as it stood on the profile.</summary>
    public required string Address { get; init; }

    /// <summary>Of an e-mail; null for a text message.</summary>
    public string? Subject { get; init; }

    /// <summary>What was done, when, where and by whom: stays when the body is gone.</summary>
    public required string Summary { get; init; }

    /// <summary>What is sent, with the link that raises the alarm; null once it was sent or given up.</summary>
    public string? Body { get; set; }

    /// <summary>
    /// SHA-256 of the token in that link, upper-case hexadecimal. All notifications of one act share it: it names the act, whichever of them was
    /// read.
    /// </summary>
    public required string AlarmDigest { get; init; }

    /// <summary>When the act was done.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>How often a node has taken it to send it.</summary>
    public int Tries { get; set; }

    /// <summary>Until then nobody else takes it.</summary>
    public required DateTimeOffset NextTryAt { get; set; }

    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>When the cardholder said that the act was not theirs.</summary>
    public DateTimeOffset? AlarmRaisedAt { get; set; }
}
