using Evercard.Lifecycle.Notifications;

namespace Evercard.Server.Notifications;

internal static class NotificationSetup
{
    /// <exception cref="ArgumentException">The mail server's settings do not go together.</exception>
    public static void AddNotifications(this IServiceCollection services, NotificationOptions options)
    {
        foreach (var sender in options.Senders())
        {
            services.AddSingleton(sender);
        }

        services.AddSingleton<Outbox>();
        services.AddSingleton<CardholderAlarms>();
        services.AddSingleton<NotificationRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationRounds>());
    }
}
