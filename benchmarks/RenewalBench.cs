using System.Globalization;
using System.Text;
using Evercard.Bench.Figures;
using Evercard.Bench.Issuing;
using Evercard.Bench.Memory;
using Evercard.Bench.Renewals;
using Evercard.CardSimulator;
using Evercard.DevHost.Roles;

namespace Evercard.Bench;

/// <summary>`./bench renewal`: everything that is promised of a renewal in figures.</summary>
/// <param name="quick">Few repetitions: shows that it runs, judges less.</param>
/// <param name="pcsc">Also over a real pcscd.</param>
/// <param name="repository">Where the sources are.</param>
/// <param name="page">Takes the results.</param>
internal sealed class RenewalBench(bool quick, bool pcsc, string repository, ResultsPage page)
{
    private const int MostRoundTrips = 6;
    private const double MostOutsideAt50 = 0.4;
    private const double MostOutsideAt200 = 1.4;
    private const double MostRatio = 1.3;
    private const double MostGrowth = 0.05;
    private static readonly TimeSpan NoDelay = TimeSpan.Zero;
    private readonly int renewals = quick ? 7 : 20;

    public async Task Run(CancellationToken cancellation)
    {
        await FirstRun(cancellation);
        await RoundTrips(cancellation);
        await Outside(50, MostOutsideAt50, cancellation);
        await Outside(200, MostOutsideAt200, cancellation);
        await Ratio(cancellation);
        await Issuing(cancellation);
        await Memory(cancellation);
    }

    /// <summary>Also warms this process up for all that follows.</summary>
    private async Task FirstRun(CancellationToken cancellation)
    {
        Tell("first renewals of this process");
        var taken = await new RenewalTrial(CardSpeed.Instant, NoDelay, 0, quick ? 40 : 60).Run(cancellation);
        var later = Sample.Of(taken.Skip(taken.Count / 2), t => t.Outside);
        page.Add(new("Outside the card, instant card, 0 ms, warm", later.InWords(" s", "0.000")));
        page.Add(new("The same, the first renewal of a new process", Seconds(taken[0].Outside)));
    }

    private async Task RoundTrips(CancellationToken cancellation)
    {
        Tell("round trips");
        var taken = await new RenewalTrial(CardSpeed.Instant, NoDelay, 2, renewals, Tapped: true).Run(cancellation);
        AddRoundTrips("0 ms", taken);
        page.Add(new("Outside the card, 0 ms: at the server", Sample.Of(taken, t => t.AtServer!.Value).InWords(" s", "0.000")));
        page.Add(new("Outside the card, 0 ms: at the agent and on the link", Sample.Of(taken, t => t.AtAgent!.Value).InWords(" s", "0.000")));
    }

    private async Task Outside(int milliseconds, double limit, CancellationToken cancellation)
    {
        Tell($"renewals over a link of {milliseconds} ms");
        var taken = await new RenewalTrial(CardSpeed.Jcop4, TimeSpan.FromMilliseconds(milliseconds), 1, renewals).Run(cancellation);
        AddRoundTrips($"{milliseconds} ms", taken);
        var outside = Sample.Of(taken, t => t.Outside);
        page.Add(Finding.Limited(
            $"Time outside the card, {milliseconds} ms round trip, JCOP4, P-256, {taken.Count} renewals",
            outside.InWords(" s", "0.000"), string.Create(CultureInfo.InvariantCulture, $"{limit:0.0} s"), outside.Median <= limit));
    }

    private async Task Ratio(CancellationToken cancellation)
    {
        Tell("whole act against the card's own time");
        var trial = new RenewalTrial(CardSpeed.Jcop4, NoDelay, 1, renewals);
        AddRatio("in-process reader", await trial.Run(cancellation));
        if (pcsc)
        {
            Tell("the same over pcscd");
            if (await RealReader.Run(trial, repository, cancellation) is { } taken)
            {
                AddRatio("pcscd", taken);
            }
            else
            {
                page.Add(new("Whole act / card's own time, pcscd", "no empty virtual reader: dev/readers start"));
            }
        }
    }

    private async Task Issuing(CancellationToken cancellation)
    {
        Tell("certificates per second");
        var (oneByOne, two, bare) = await new IssuingRate(TimeSpan.FromSeconds(quick ? 2 : 10)).Measure(cancellation);
        page.Add(new("Certificates issued and stored, one by one", PerSecond(oneByOne)));
        page.Add(new("Certificates issued and stored, 2 in parallel", PerSecond(two)));
        page.Add(new("Bare signatures of the same key", PerSecond(bare)));
        page.Add(new("Bare signatures / certificates one by one", string.Create(CultureInfo.InvariantCulture, $"{bare / oneByOne:0}")));
        if (await OpenSslSpeed.Measure(cancellation) is { } openSsl)
        {
            page.Add(new("openssl speed ecdsap256, signatures, one core", PerSecond(openSsl)));
        }
    }

    private async Task Memory(CancellationToken cancellation)
    {
        var run = quick ? new MemoryRun(100, 20) : new MemoryRun(1_000, 100);
        Tell($"memory over {run.Renewals} renewals");
        var all = await run.Measure(cancellation);
        var judged = all.Where(r => r.Renewals >= run.Renewals / 2).ToList();
        AddGrowth("Server, managed heap", judged, r => r.Server.Heap);
        AddGrowth("Server, resident memory", judged, r => r.Server.Resident);
        AddGrowth("Agent, managed heap", judged, r => r.Agent.Heap);
        AddGrowth("Agent, resident memory", judged, r => r.Agent.Resident);
        page.Note("Memory in MiB after a forced collection", Table(all));
    }

    private void AddGrowth(string what, List<MemoryReading> readings, Func<MemoryReading, long> bytes)
    {
        var trend = Trend.Through([.. readings.Select(r => ((double)r.Renewals, (double)bytes(r)))]);
        page.Add(new(
            $"{what}: growth from {readings[0].Renewals} to {readings[^1].Renewals} renewals",
            string.Create(CultureInfo.InvariantCulture, $"{trend.Growth * 100:0.0} % ({trend.Slope:0} bytes a renewal)"),
            quick ? "" : $"{MostGrowth * 100:0} %", quick ? null : trend.Growth <= MostGrowth));
    }

    private static string Table(IReadOnlyList<MemoryReading> all)
    {
        var text = new StringBuilder("    renewals  server heap  server resident  agent heap  agent resident");
        foreach (var r in all)
        {
            text.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"    {r.Renewals,8}  {MiB(r.Server.Heap),11}  {MiB(r.Server.Resident),15}  {MiB(r.Agent.Heap),10}  {MiB(r.Agent.Resident),14}");
        }

        return text.ToString();
    }

    private void AddRoundTrips(string link, IReadOnlyList<RenewalTaken> taken)
    {
        var (told, seen) = (taken.Max(t => t.RoundTrips), taken.Max(t => t.RoundTripsSeen!.Value));
        page.Add(Finding.Limited($"Round trips, {link}: told by the server / seen on the link", $"{told} / {seen}", $"{MostRoundTrips}", Math.Max(told, seen) <= MostRoundTrips));
    }

    private void AddRatio(string where, IReadOnlyList<RenewalTaken> taken)
    {
        var ratio = Sample.Of(taken, t => t.Ratio);
        page.Add(Finding.Limited(
            $"Whole act / card's own time, JCOP4, P-256, 0 ms, {where}", ratio.InWords("", "0.000"),
            MostRatio.ToString("0.0", CultureInfo.InvariantCulture), ratio.Median <= MostRatio));
        page.Add(new($"The whole act, {where}", Sample.Of(taken, t => t.Whole).InWords(" s", "0.000")));
    }

    private static void Tell(string what) => Console.Error.WriteLine($"Measuring {what} …");

    private static string Seconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.000} s");

    private static string PerSecond(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} a second");

    private static string MiB(long bytes) => (bytes / (1024.0 * 1024)).ToString("0.00", CultureInfo.InvariantCulture);
}
