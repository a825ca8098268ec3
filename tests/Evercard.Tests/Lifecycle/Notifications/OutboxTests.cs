using Evercard.Lifecycle.Notifications;
using Evercard.Registry.Audit;
using Evercard.Registry.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle.Notifications;

public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly NotificationChannel[] Both = [NotificationChannel.Email, NotificationChannel.Text];

    private Ward ward = null!;
    private Guid cardId;

    public async Task InitializeAsync()
    {
        ward = await Ward.Open();
        (_, cardId) = await ward.Issue();
    }

    public Task DisposeAsync()
    {
        ward.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_one_has_taken_nobody_else_takes_until_its_next_try()
    {
        await Add(NotificationChannel.Email);
        (await Outbox().Take(Both, default)).Count.ShouldBe(1);
        (await Outbox().Take(Both, default)).ShouldBeEmpty();
        ward.Time.Now += TimeSpan.FromSeconds(59);
        (await Outbox().Take(Both, default)).ShouldBeEmpty();
        ward.Time.Now += TimeSpan.FromSeconds(1);
        (await Outbox().Take(Both, default)).ShouldHaveSingleItem().Tries.ShouldBe(2);
    }

    [Fact]
    public async Task Nodes_that_take_at_the_same_moment_take_each_notification_once()
    {
        for (var i = 0; i < 30; i++)
        {
            await Add(i % 2 == 0 ? NotificationChannel.Email : NotificationChannel.Text);
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var mine = new List<Guid>();
            var outbox = Outbox();
            while (await outbox.Take(Both, default) is { Count: > 0 } some)
            {
                mine.AddRange(some.Select(one => one.Id));
            }

            return mine;
        })));
        taken.SelectMany(mine => mine).Count().ShouldBe(30);
        taken.SelectMany(mine => mine).ShouldBeUnique();
    }

    [Fact]
    public async Task What_was_sent_keeps_its_summary_and_loses_its_body()
    {
        var id = await Add(NotificationChannel.Text);
        await Outbox().Take(Both, default);
        await Outbox().Sent(id, default);
        var sent = await Stored(id);
        (sent.Body, sent.SentAt, sent.Summary).ShouldBe((null, ward.Time.Now, "Summary"));
        ward.Time.Now += TimeSpan.FromDays(2);
        (await Outbox().Take(Both, default)).ShouldBeEmpty();
        var what = await ward.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Kind == "NotificationSent"));
        (what.SmartcardId, what.Facts["channel"]).ShouldBe((cardId, "text message"));
    }

    [Fact]
    public async Task What_could_not_be_sent_for_a_day_is_given_up_with_its_body()
    {
        var id = await Add(NotificationChannel.Email);
        var tries = 0;
        while ((await Stored(id)).GivenUpAt is null)
        {
            tries += (await Outbox().Take(Both, default)).Count;
            ward.Time.Now += TimeSpan.FromMinutes(1);
        }

        tries.ShouldBeInRange(10, 20);
        ((await Stored(id)).Body, (await Stored(id)).SentAt).ShouldBe((null, null));
        (await ward.Read(r => r.Registry.AuditEvents.CountAsync(e => e.Kind == "NotificationGivenUp"))).ShouldBe(1);
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_channel_without_a_sender_waits_and_writes_nothing()
    {
        var id = await Add(NotificationChannel.Text);
        ward.Time.Now += TimeSpan.FromDays(3);
        var events = await Events();
        (await Outbox().Take([NotificationChannel.Email], default)).ShouldBeEmpty();
        (await Outbox().HasDue(NotificationChannel.Text, default)).ShouldBeTrue();
        (await Stored(id)).Body.ShouldNotBeNull();
        (await Events()).ShouldBe(events);
    }

    [Fact]
    public void Pauses_grow()
    {
        var pauses = Enumerable.Range(1, 10).Select(Evercard.Lifecycle.Notifications.Outbox.PauseAfter).ToList();
        pauses.ShouldBe(pauses.Order());
        pauses[0].ShouldBe(TimeSpan.FromMinutes(1));
        pauses[^1].ShouldBe(TimeSpan.FromHours(3));
    }

    private Outbox Outbox() => new(ward.Database, ward.Options, ward.Time);

    private Task<int> Events() => ward.Read(r => r.Registry.AuditEvents.CountAsync());

    private Task<Notification> Stored(Guid id) => ward.Read(r => r.Registry.Notifications.SingleAsync(n => n.Id == id));

    private async Task<Guid> Add(NotificationChannel channel)
    {
        var one = new Notification
        {
            Id = Guid.NewGuid(), Act = "Renewal", SmartcardId = cardId, PersonUuid = Evercard.DevHost.SampleCards.SampleWard.Wren.Uuid, Channel = channel, Address = "somewhere",
            Summary = "Summary", Body = "Body", AlarmDigest = "00", CreatedAt = ward.Time.Now, NextTryAt = ward.Time.Now,
        };
        await ward.Database.Write(
            async r =>
            {
                r.Registry.Notifications.Add(one);
                await r.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
            },
            default);
        return one.Id;
    }
}
