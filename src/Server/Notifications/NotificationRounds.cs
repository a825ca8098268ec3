using Evercard.Lifecycle.Notifications;
using Evercard.Registry.Notifications;

namespace Evercard.Server.Notifications;

/// <summary>Sends, every two seconds, the notifications that are due. Any number of nodes do so beside each other.</summary>
public sealed partial class NotificationRounds(Outbox outbox, IEnumerable<IMessageSender> senders, TimeProvider time, ILogger<NotificationRounds> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly Dictionary<NotificationChannel, IMessageSender> senders = senders.ToDictionary(sender => sender.Channel);
    private readonly HashSet<NotificationChannel> toldOf = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The next round tries again. Only the kind of fault is told: its words may hold an address.
                RoundFailed(e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Sends what is due.</summary>
    public async Task Round(CancellationToken cancellation)
    {
        foreach (var channel in Enum.GetValues<NotificationChannel>().Where(channel => !senders.ContainsKey(channel) && !toldOf.Contains(channel)))
        {
            if (await outbox.HasDue(channel, cancellation) && toldOf.Add(channel))
            {
                NoSender(channel);
            }
        }

        if (senders.Count == 0)
        {
            return;
        }

        while (await outbox.Take(senders.Keys, cancellation) is { Count: > 0 } taken)
        {
            await Task.WhenAll(taken.Select(one => Send(one, cancellation)));
        }
    }

    private async Task Send(Notification one, CancellationToken cancellation)
    {
        try
        {
            await senders[one.Channel].Send(new OutgoingMessage(one.Id, one.Channel, one.Address, one.Subject, one.Body!, one.CreatedAt), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            NotSent(one.Id, one.Channel, one.Tries, e.GetType().Name);
            return;
        }

        // It is out: that must be written down, even while the node stops.
        await outbox.Sent(one.Id, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications by {Channel} wait: no sender is set up for them.")]
    private partial void NoSender(NotificationChannel channel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notification {Id} by {Channel} was not sent at try {Try}: {Fault}")]
    private partial void NotSent(Guid id, NotificationChannel channel, int @try, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending notifications failed: {Fault}")]
    private partial void RoundFailed(string fault);
}
