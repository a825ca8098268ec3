using System.CommandLine;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Reconciliation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.Cli.Reconciliation;

/// <summary>`evercard reconcile`: what a server node does every hour, and what it shows under "Cards that need attention".</summary>
public sealed class ReconcileCommand(ChosenDatabase database, TextWriter output, TimeProvider time)
{
    public const int NobodyNeeded = 0;
    public const int NotAllDone = 1;
    public const int PersonNeeded = 3;

    /// <param name="database">Option that names the database.</param>
    public static Command Command(Option<ChosenDatabase> database)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done. Nothing is changed." };
        var reconcile = new Command(
            "reconcile",
            $"End what was begun and never finished, revoke certificates that no smartcard was seen to hold, and list the cards that need a person. A server does it every hour. "
            + $"Ends with {NobodyNeeded} where nothing needs a person, {PersonNeeded} where something does, {NotAllDone} where something could not be done, {ChosenDatabase.Unusable} where the database cannot be used.")
        {
            database, dryRun,
        };
        reconcile.SetAction((parsed, cancellation) =>
            new ReconcileCommand(parsed.GetRequiredValue(database), Console.Out, TimeProvider.System).Run(parsed.GetValue(dryRun), cancellation));
        return reconcile;
    }

    /// <returns>0 nothing needs a person, 3 something does, 1 something could not be done, 2 no such database.</returns>
    public Task<int> Run(bool isDryRun, CancellationToken cancellation) => database.Try(over => Run(over, isDryRun, cancellation), output, time);

    private async Task<int> Run(Database over, bool isDryRun, CancellationToken cancellation)
    {
        var options = new LifecycleOptions();
        var reconciliation = new Lifecycle.Reconciliation.Reconciliation(over, options, time, NullLogger<Lifecycle.Reconciliation.Reconciliation>.Instance);
        var report = isDryRun ? await reconciliation.Look(cancellation) : await reconciliation.Run(cancellation);
        await Tell(isDryRun ? "To do, and not done in this dry run:" : "Done:", report.Deeds, "Nothing was left to be ended.");
        if (report.NotDone.Count > 0)
        {
            await Tell("Could not be done:", report.NotDone, "");
        }

        var attention = new AttentionList(over, options, time);
        var items = await attention.Of(null, cancellation);
        await output.WriteLineAsync();
        await Tell("Cards that need attention, the most urgent first:", items.Select(item => InWords(item, options.TimeZone)), "No card needs attention.");
        if (await attention.Liars(cancellation) is { Count: > 0 } liars)
        {
            await output.WriteLineAsync();
            await Tell("Quarantined computers:", liars, "");
        }

        return report.NotDone.Count > 0 ? NotAllDone : items.Count > 0 ? PersonNeeded : NobodyNeeded;
    }

    private static string InWords(AttentionItem item, TimeZoneInfo zone) =>
        $"{FindingWords.Label(item.Finding.Kind)}: {item.FullName}, {item.PersonUuid}, smartcard {item.SerialNumber}{(item.Finding.Reference is { } reference ? $", {reference}" : "")}, "
        + $"since {Expiry.InWords(item.Finding.Since, zone)}\n    {FindingWords.Found(item.Finding, zone)}\n    {FindingWords.Next(item.Finding, item.FullName, zone)}";

    private async Task Tell(string heading, IEnumerable<string> lines, string otherwise)
    {
        var all = lines.ToList();
        await output.WriteLineAsync(all.Count > 0 ? heading : otherwise);
        foreach (var line in all)
        {
            await output.WriteLineAsync($"  {line}");
        }
    }
}
