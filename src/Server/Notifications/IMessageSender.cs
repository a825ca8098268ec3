using Evercard.Registry.Notifications;

namespace Evercard.Server.Notifications;

/// <summary>An e-mail or text message on its way out.</summary>
/// <param name="Id">The same each time that it is sent.</param>
/// <param name="Channel">E-mail or text message.</param>
/// <param name="Address">E-mail address or mobile number.</param>
/// <param name="Subject">Of an e-mail; null for a text message.</param>
/// <param name="Body">Plain text with line feeds.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record OutgoingMessage(Guid Id, NotificationChannel Channel, string Address, string? Subject, string Body, DateTimeOffset CreatedAt);

/// <summary>Carries messages of one channel away.</summary>
public interface IMessageSender
{
    NotificationChannel Channel { get; }

    /// <summary>Returns once somebody else is responsible for it.</summary>
    /// <exception cref="Exception">It was not taken. The text of the exception may hold the address: it goes into no log.</exception>
    Task Send(OutgoingMessage message, CancellationToken cancellation);
}
