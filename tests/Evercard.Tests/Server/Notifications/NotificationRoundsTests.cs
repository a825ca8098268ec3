using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.Notifications;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Notifications;
using Evercard.Server.Notifications;
using Evercard.Tests.Lifecycle;
using Evercard.Tests.Lifecycle.Notifications;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Server.Notifications;

public sealed class NotificationRoundsTests : IAsyncLifetime
{
    private readonly CollectingLogs logs = new();
    private Ward ward = null!;
    private Guid cardId;

    public async Task InitializeAsync()
    {
        ward = await Ward.Open();
        (var card, cardId) = await ward.Issue(person: SamplePeople.Odile);
        (await ward.Visit(card, cardId, await ward.Session(card, cardId))).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    public Task DisposeAsync()
    {
        ward.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_due_is_sent_once_on_both_channels()
    {
        var (emails, texts) = (new CollectingSender(NotificationChannel.Email), new CollectingSender(NotificationChannel.Text));
        using var rounds = Rounds(emails, texts);
        using var otherNode = Rounds(emails, texts);
        await Task.WhenAll(rounds.Round(default), otherNode.Round(default));
        await rounds.Round(default);
        (emails.Messages.ShouldHaveSingleItem().Address, texts.Messages.ShouldHaveSingleItem().Address).ShouldBe((SamplePeople.Odile.Email!, SamplePeople.Odile.Mobile!));
        (await ToldCardholderTests.Told(ward, cardId)).ShouldAllBe(one => one.SentAt == ward.Time.Now && one.Body == null && one.Tries == 1);
        (await ward.AuditTrail(cardId)).Count(kind => kind == "NotificationSent").ShouldBe(2);
    }

    [Fact]
    public async Task A_sender_that_fails_does_not_hold_up_the_other_and_is_tried_again()
    {
        var (emails, texts) = (new CollectingSender(NotificationChannel.Email) { Fails = true }, new CollectingSender(NotificationChannel.Text));
        using var rounds = Rounds(emails, texts);
        await rounds.Round(default);
        texts.Messages.Count.ShouldBe(1);
        (await ToldCardholderTests.Told(ward, cardId)).Select(one => one.SentAt is null).ShouldBe([true, false]);
        emails.Fails = false;
        ward.Time.Now += Outbox.PauseAfter(1);
        await rounds.Round(default);
        emails.Messages.Count.ShouldBe(1);
        (await ToldCardholderTests.Told(ward, cardId)).ShouldAllBe(one => one.Body == null);
    }

    [Fact]
    public async Task A_channel_without_a_sender_is_logged_once_and_its_notifications_wait()
    {
        using var rounds = Rounds(new CollectingSender(NotificationChannel.Email));
        await rounds.Round(default);
        await rounds.Round(default);
        logs.Lines.Count(line => line.Contains("Notifications by Text wait", StringComparison.Ordinal)).ShouldBe(1);
        (await ToldCardholderTests.Told(ward, cardId)).Single(one => one.Channel == NotificationChannel.Text).Body.ShouldNotBeNull();
    }

    [Fact]
    public async Task No_log_holds_an_address_a_text_or_a_token()
    {
        var token = ToldCardholderTests.TokenIn((await ToldCardholderTests.Told(ward, cardId))[0]);
        using var rounds = Rounds(new CollectingSender(NotificationChannel.Email) { Fails = true }, new CollectingSender(NotificationChannel.Text));
        await rounds.Round(default);
        logs.Lines.ShouldNotBeEmpty();
        foreach (var secret in (string[])[token, SamplePeople.Odile.Email!, SamplePeople.Odile.Mobile!, "smartcard ending"])
        {
            logs.Lines.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private NotificationRounds Rounds(params IMessageSender[] senders)
    {
        var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        return new NotificationRounds(new Outbox(ward.Database, ward.Options, ward.Time), senders, ward.Time, factory.CreateLogger<NotificationRounds>());
    }

    /// <summary>Keeps what it is given; or throws, with the message in its words.</summary>
    private sealed class CollectingSender(NotificationChannel channel) : IMessageSender
    {
        public bool Fails { get; set; }

        public System.Collections.Concurrent.ConcurrentQueue<OutgoingMessage> Messages { get; } = new();

        public NotificationChannel Channel => channel;

        public Task Send(OutgoingMessage message, CancellationToken cancellation)
        {
            if (Fails)
            {
                throw new IOException($"{message.Address} does not want: {message.Body}");
            }

            Messages.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}
