using Evercard.Lifecycle.Renewal;

namespace Evercard.Server.Upkeep;

/// <summary>What a node does by itself once it runs and every hour after: ends renewals that nobody will finish.</summary>
internal sealed class HourlyUpkeep(AbandonedRenewals abandoned, TimeProvider time, ILogger<HourlyUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (await abandoned.End(stoppingToken) is > 0 and var ended)
                {
                    log.LogInformation("{Count} renewals that nobody will finish were ended", ended);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The next hour tries again.
                log.LogError(e, "Upkeep failed");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
