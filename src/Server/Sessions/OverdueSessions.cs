using Evercard.Lifecycle.Sessions;

namespace Evercard.Server.Sessions;

/// <summary>
/// Writes down, every two seconds, which sessions ran out, so that pages and agents are told. They counted as over from the
/// moment itself.
/// </summary>
internal sealed class OverdueSessions(SessionLife sessions, TimeProvider time, ILogger<OverdueSessions> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await sessions.EndOverdue(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The next turn tries again.
                log.LogError(e, "Sessions that ran out could not be ended");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
