namespace Evercard.Server.Notifications;

/// <summary>What the log says of alarms: which card, and never the link.</summary>
internal static partial class NotificationLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A cardholder said that an act on smartcard {SmartcardId} was not theirs.")]
    public static partial void AlarmRaised(ILogger log, Guid smartcardId);
}
