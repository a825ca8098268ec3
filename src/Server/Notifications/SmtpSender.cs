using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Evercard.Registry.Notifications;

namespace Evercard.Server.Notifications;

/// <summary>The mail server that takes e-mails (RFC 5321).</summary>
public sealed record SmtpOptions
{
    public required string Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>What people see as the sender's address.</summary>
    public required string From { get; init; }

    /// <summary>STARTTLS (RFC 3207). Without it no password is sent.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>Null where the server asks for none.</summary>
    public NetworkCredential? LogIn { get; init; }
}

/// <summary>Sends e-mails through a mail server.</summary>
public sealed class SmtpSender : IMessageSender
{
    /// <summary>Shorter than the first pause of a message: no other node takes it meanwhile.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    private readonly SmtpOptions options;
    private readonly MailAddress from;

    /// <exception cref="ArgumentException">A password would go over the network in the clear, or the address of the sender is none.</exception>
    public SmtpSender(SmtpOptions options)
    {
        if (options is { Tls: false, LogIn: not null })
        {
            throw new ArgumentException("A mail server that wants a log-in is spoken to with TLS.", nameof(options));
        }

        this.options = options;
        from = MailAddress.TryCreate(options.From, "Care Identity Service", out var address)
            ? address
            : throw new ArgumentException("SmtpFrom is not an e-mail address.", nameof(options));
    }

    public NotificationChannel Channel => NotificationChannel.Email;

    public async Task Send(OutgoingMessage message, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        enough.CancelAfter(Within);
        using var mail = new MailMessage(from, new MailAddress(message.Address))
        {
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = message.Body,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };

        // Mail systems drop a second copy with the same number, and send no out-of-office reply (RFC 3834).
        mail.Headers["Message-ID"] = $"<{message.Id:N}@{from.Host}>";
        mail.Headers["Auto-Submitted"] = "auto-generated";
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls, UseDefaultCredentials = false, Credentials = options.LogIn };
        await client.SendMailAsync(mail, enough.Token);
    }
}
