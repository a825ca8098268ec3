using Evercard.Lifecycle.Reconciliation;

namespace Evercard.Server.Upkeep;

/// <summary>What a node does by itself once it runs and every hour after: ends what nobody will finish.</summary>
internal sealed class HourlyUpkeep(Reconciliation reconciliation, TimeProvider time, ILogger<HourlyUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                foreach (var deed in (await reconciliation.Run(stoppingToken)).Deeds)
                {
                    log.LogInformation("Reconciled: {Deed}", deed);
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
