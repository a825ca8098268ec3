using System.Net;
using System.Net.Mail;
using System.Text.Json;
using Evercard.Registry.Notifications;
using Evercard.Server.Notifications;
using Microsoft.Extensions.Configuration;

namespace Evercard.Tests.Server.Notifications;

public sealed class SenderTests : IDisposable
{
    private static readonly OutgoingMessage Email = new(
        new Guid("0b8f0d6c-5a0e-4c7e-9a55-3f6f0e1c2d4b"), NotificationChannel.Email, "wren.holloway@thistledown.example", "Your smartcard was renewed",
        "Your smartcard ending 7731 was renewed.\n\nIf this was not you: https://care-identity.example/not-me/7s_-xW4r9q0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        new DateTimeOffset(2026, 11, 29, 8, 6, 0, TimeSpan.Zero));

    private readonly string folder = Directory.CreateTempSubdirectory("evercard-messages-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_mail_server_gets_the_mail_as_it_was_written()
    {
        using var sink = new SmtpSink();
        await new SmtpSender(Plain(sink)).Send(Email, default);
        sink.Recipients.ShouldBe([Email.Address]);
        var mail = sink.Mails.ShouldHaveSingleItem();
        SmtpSink.BodyOf(mail).TrimEnd().ShouldBe(Email.Body.TrimEnd());
        mail.ShouldContain("Subject: Your smartcard was renewed\n");
        mail.ShouldContain("care-identity@northmere.example");
        mail.ShouldContain($"Message-ID: <{Email.Id:N}@northmere.example>", Case.Insensitive);
        mail.ShouldContain("Auto-Submitted: auto-generated");
    }

    [Fact]
    public async Task A_mail_that_is_refused_or_has_nowhere_to_go_is_a_fault()
    {
        using var sink = new SmtpSink { RefusesRecipients = true };
        await Should.ThrowAsync<SmtpException>(() => new SmtpSender(Plain(sink)).Send(Email, default));
        await Should.ThrowAsync<FormatException>(() => new SmtpSender(Plain(sink)).Send(Email with { Address = "not an address" }, default));
        var gone = Plain(sink);
        sink.Dispose();
        await Should.ThrowAsync<SmtpException>(() => new SmtpSender(gone).Send(Email, default));
    }

    [Fact]
    public void A_password_never_goes_over_the_network_in_the_clear() =>
        Should.Throw<ArgumentException>(() => new SmtpSender(new SmtpOptions { Host = "mail.example", From = "a@b.example", Tls = false, LogIn = new NetworkCredential("user", "secret") }))
            .Message.ShouldNotContain("secret");

    [Fact]
    public async Task A_file_holds_the_whole_message_and_the_same_message_makes_one_file()
    {
        var sender = new FileSender(Path.Combine(folder, "new"), NotificationChannel.Email);
        await sender.Send(Email, default);
        await sender.Send(Email, default);
        var file = Directory.GetFiles(Path.Combine(folder, "new")).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe("20261129T080600000-0b8f0d6c5a0e4c7e9a553f6f0e1c2d4b.json");
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        written.RootElement.EnumerateObject().Select(one => one.Name).ShouldBe(["id", "at", "channel", "to", "subject", "body"]);
        written.RootElement.GetProperty("body").GetString().ShouldBe(Email.Body);
        written.RootElement.GetProperty("to").GetString().ShouldBe(Email.Address);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("MessageFolder=/tmp/m", "FileSender Email, FileSender Text")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=a@b.example", "SmtpSender Email")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=a@b.example;MessageFolder=/tmp/m", "SmtpSender Email, FileSender Text")]
    public void The_settings_say_what_each_channel_goes_through(string settings, string senders) =>
        string.Join(", ", NotificationOptions.Of(Settings(settings)).Senders().Select(one => $"{one.GetType().Name} {one.Channel}")).ShouldBe(senders);

    [Theory]
    [InlineData("SmtpHost=mail.example")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=nobody")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=a@b.example;SmtpPort=0")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=a@b.example;SmtpPort=65536")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=a@b.example;SmtpTls=perhaps")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=a@b.example;SmtpUser=user")]
    [InlineData("SmtpHost=mail.example;SmtpFrom=a@b.example;SmtpUser=user;SmtpPasswordFile=/no/such/file")]
    public void A_setting_that_is_no_good_stops_the_start(string settings) => Should.Throw<ArgumentException>(() => NotificationOptions.Of(Settings(settings)).Senders());

    private static SmtpOptions Plain(SmtpSink sink) => new() { Host = "127.0.0.1", Port = sink.Port, From = "care-identity@northmere.example", Tls = false };

    private static IConfiguration Settings(string told) => new ConfigurationBuilder()
        .AddInMemoryCollection(told.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).Select(one => KeyValuePair.Create(one[0], (string?)one[1]))).Build();
}
