namespace Evercard.Lifecycle.Notifications;

/// <summary>An act that is over, as far as its cardholder is told of it.</summary>
/// <param name="Name">Such as Renewal: the key of <see cref="NotificationWords"/>.</param>
/// <param name="SmartcardId">The card.</param>
/// <param name="PersonUuid">The cardholder.</param>
/// <param name="AgentId">The agent of the computer where it was done.</param>
internal sealed record ToldAct(string Name, Guid SmartcardId, string PersonUuid, string AgentId)
{
    public const string PasscodeChange = "PasscodeChange";
    public const string Cancellation = "Cancellation";

    public Guid? OperationId { get; init; }

    /// <summary>The log-in of whoever did it for the cardholder; null where cardholders did it themselves.</summary>
    public string? OperatorSessionId { get; init; }

    /// <summary>Until when the card works now, where the act decided that.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Why, in words that follow "because".</summary>
    public string? Because { get; init; }
}
