using System.Text.Json;
using System.Text.RegularExpressions;
using Evercard.DevHost.SampleCards;

namespace Evercard.DevHost.DemoTable;

/// <summary>A part of a message: words, or a link.</summary>
public sealed record MessagePart(string Text, Uri? Link);

/// <summary>A message as it lies on the table.</summary>
/// <param name="Id">The same each time that it is shown.</param>
/// <param name="Who">Whose phone or inbox it came to.</param>
/// <param name="IsText">On the phone; otherwise in the inbox.</param>
/// <param name="At">When it was written.</param>
/// <param name="Subject">Of an e-mail; null for a text message.</param>
/// <param name="Lines">What it says.</param>
public sealed record InboxMessage(string Id, string Who, bool IsText, DateTimeOffset At, string? Subject, IReadOnlyList<IReadOnlyList<MessagePart>> Lines);

/// <summary>The sample people's phones and inboxes: the folder into which the service puts what it sends.</summary>
/// <param name="folder">It may not be there yet.</param>
public sealed partial class Inbox(string folder)
{
    public const int MostShown = 6;

    /// <summary>Changes with every message.</summary>
    public string Version => Files() is [var newest, ..] and var all ? $"{all.Length}{Path.GetFileName(newest)}" : "";

    /// <summary>The newest messages, newest first.</summary>
    public IReadOnlyList<InboxMessage> Newest() => [.. Files().Take(MostShown).Select(Read)];

    private string[] Files() => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").OrderDescending(StringComparer.Ordinal)] : [];

    private static InboxMessage Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var message = document.RootElement;
        var to = message.GetProperty("to").GetString()!;
        return new InboxMessage(
            $"message-{Path.GetFileNameWithoutExtension(file)}",
            SamplePeople.All.FirstOrDefault(person => person.Email == to || person.Mobile == to)?.FullName ?? to,
            message.GetProperty("channel").GetString() == "text",
            message.GetProperty("at").GetDateTimeOffset(),
            message.GetProperty("subject").GetString(),
            [.. message.GetProperty("body").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parts)]);
    }

    private static IReadOnlyList<MessagePart> Parts(string line) =>
        [.. Address().Split(line).Where(part => part.Length > 0).Select(part => new MessagePart(part, Address().IsMatch(part) ? new Uri(part) : null))];

    [GeneratedRegex(@"(https?://\S+)")]
    private static partial Regex Address();
}
