using System.Globalization;
using System.Text.Json;
using Evercard.Registry.Notifications;

namespace Evercard.Server.Notifications;

/// <summary>One JSON file for each message, in a folder from which something else takes it: a gateway for text messages, or the demonstration's phone.</summary>
public sealed class FileSender(string folder, NotificationChannel channel) : IMessageSender
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public NotificationChannel Channel => channel;

    /// <summary>Names sort by the time at which messages were written; the same message has the same name.</summary>
    public static string NameOf(OutgoingMessage message) =>
        $"{message.CreatedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{message.Id:N}.json";

    /// <summary>Whoever looks into the folder sees a whole file or none.</summary>
    public async Task Send(OutgoingMessage message, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // Addresses, and links that raise an alarm, are nobody else's business on this computer.
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = Path.Combine(folder, NameOf(message));
        var unfinished = $"{file}.{Guid.NewGuid():N}.part";
        await using (var stream = new FileStream(unfinished, options))
        {
            await JsonSerializer.SerializeAsync(
                stream,
                new
                {
                    id = message.Id,
                    at = message.CreatedAt,
                    channel = message.Channel == NotificationChannel.Email ? "email" : "text",
                    to = message.Address,
                    subject = message.Subject,
                    body = message.Body,
                },
                Indented,
                cancellation);
        }

        File.Move(unfinished, file, overwrite: true);
    }
}
