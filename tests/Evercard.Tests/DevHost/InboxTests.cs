using Evercard.DevHost.DemoTable;
using Evercard.DevHost.SampleCards;
using Evercard.Registry.Notifications;
using Evercard.Server.Notifications;

namespace Evercard.Tests.DevHost;

/// <summary>"Phone and inbox" of the demonstration.</summary>
public sealed class InboxTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 6, 0, TimeSpan.Zero);

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("evercard-inbox-").FullName, "messages");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public async Task Messages_are_shown_newest_first_with_whose_they_are_and_their_link()
    {
        var inbox = new Inbox(folder);
        inbox.Newest().ShouldBeEmpty();
        var before = inbox.Version;
        await Send(NotificationChannel.Text, SamplePeople.Wren.Mobile!, null, "Renewed. If this was not you: http://localhost:5080/not-me/abc", Now);
        await Send(NotificationChannel.Email, SamplePeople.Rosa.Email!, "Your smartcard was repaired", "One\n\nTwo\n", Now.AddMinutes(1));
        inbox.Version.ShouldNotBe(before);
        var messages = inbox.Newest();
        messages.Select(one => (one.Who, one.IsText, one.Subject)).ShouldBe([("Rosa Tanglewood", false, "Your smartcard was repaired"), ("Wren Holloway", true, null)]);
        messages[0].Lines.Select(line => string.Concat(line.Select(part => part.Text))).ShouldBe(["One", "Two"]);
        messages[1].Lines.ShouldHaveSingleItem().Select(part => part.Link?.AbsoluteUri).ShouldBe([null, "http://localhost:5080/not-me/abc"]);
        DemoModel.Shown(messages[1].Lines[0][1].Link!).ShouldBe("localhost:5080/not-me/…");
    }

    [Fact]
    public async Task The_newest_six_are_shown()
    {
        for (var i = 0; i < 8; i++)
        {
            await Send(NotificationChannel.Text, SamplePeople.Wren.Mobile!, null, $"{i}", Now.AddSeconds(i));
        }

        new Inbox(folder).Newest().Select(one => one.Lines[0][0].Text).ShouldBe(["7", "6", "5", "4", "3", "2"]);
    }

    private Task Send(NotificationChannel channel, string to, string? subject, string body, DateTimeOffset at) =>
        new FileSender(folder, channel).Send(new OutgoingMessage(Guid.NewGuid(), channel, to, subject, body, at), default);
}
