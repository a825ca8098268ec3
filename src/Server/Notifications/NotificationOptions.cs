using System.Globalization;
using System.Net;
using Evercard.Registry.Notifications;

namespace Evercard.Server.Notifications;

/// <summary>How cardholders are told. Where nothing is set, notifications wait in the database.</summary>
public sealed record NotificationOptions
{
    /// <summary>Takes e-mails; null: they go into the folder, if there is one.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary>Takes text messages, and e-mails where there is no mail server, as files; null: none.</summary>
    public string? Folder { get; init; }

    /// <summary>One sender for each channel at most.</summary>
    /// <exception cref="ArgumentException">The mail server's settings do not go together.</exception>
    public IReadOnlyList<IMessageSender> Senders() =>
    [
        .. Smtp is { } smtp ? [new SmtpSender(smtp)] : Folder is { } mails ? new IMessageSender[] { new FileSender(mails, NotificationChannel.Email) } : [],
        .. Folder is { } texts ? new IMessageSender[] { new FileSender(texts, NotificationChannel.Text) } : [],
    ];

    /// <summary>Reads the settings of a node.</summary>
    /// <exception cref="ArgumentException">One of them is no good.</exception>
    public static NotificationOptions Of(IConfiguration settings)
    {
        if (settings["SmtpHost"] is not { Length: > 0 } host)
        {
            return new NotificationOptions { Folder = settings["MessageFolder"] };
        }

        var port = settings["SmtpPort"] is not { } told ? 587
            : int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ushort.MaxValue ? number
            : throw new ArgumentException("SmtpPort is a number from 1 to 65535.", nameof(settings));
        var tls = settings["SmtpTls"] switch
        {
            null or "yes" => true,
            "no" => false,
            _ => throw new ArgumentException("SmtpTls is yes or no.", nameof(settings)),
        };
        return new NotificationOptions
        {
            Folder = settings["MessageFolder"],
            Smtp = new SmtpOptions
            {
                Host = host,
                Port = port,
                From = settings["SmtpFrom"] ?? throw new ArgumentException("The setting SmtpFrom is missing: what people see as the sender of e-mails.", nameof(settings)),
                Tls = tls,
                LogIn = settings["SmtpUser"] is { Length: > 0 } user ? new NetworkCredential(user, Password(settings["SmtpPasswordFile"])) : null,
            },
        };
    }

    private static string Password(string? file) => file is not null && File.Exists(file)
        ? File.ReadAllText(file).TrimEnd('\r', '\n')
        : throw new ArgumentException("SmtpUser needs SmtpPasswordFile: a file with its password, readable by this user alone.", nameof(file));
}
