using System.Globalization;
using Evercard.Bench.Figures;
using Evercard.Bench.Pages;
using Evercard.Bench.Renewals;
using Evercard.CardSimulator;
using Evercard.Journeys.Support;

namespace Evercard.Bench;

/// <summary>`./bench pages`: what is promised of the pages in figures, in a real browser, with 4,000 people in the database.</summary>
/// <param name="quick">Few repetitions: shows that it runs.</param>
/// <param name="pcsc">Also over a real pcscd.</param>
/// <param name="repository">Where the sources are.</param>
/// <param name="page">Takes the results.</param>
internal sealed class PagesBench(bool quick, bool pcsc, string repository, ResultsPage page)
{
    private const int People = 4_000;
    private const double MostToSuccess = 0.5;
    private const double MostToLogIn = 1.5;
    private const double MostToPhotograph = 1;
    private const double MostServerTime = 25;
    private const double MostKilobytes = 150;
    private const double LeastScore = 95;
    private const int WarmUps = 20;

    /// <summary>What people meet is a service that has been running for a while: its code is compiled for good after a dozen renewals.</summary>
    private readonly int warmUpRenewals = quick ? 1 : 15;
    private readonly int renewals = quick ? 3 : 10;
    private readonly int slowRenewals = quick ? 2 : 3;
    private readonly int requests = quick ? 40 : 200;
    private readonly int judgements = quick ? 1 : 3;
    private readonly SortedSet<string> elsewhere = new(StringComparer.Ordinal);

    public async Task Run(CancellationToken cancellation)
    {
        var chromium = new Chromium();
        await chromium.InitializeAsync();
        try
        {
            await On(new Stage(chromium), async stage =>
            {
                await stage.Server.Do($"people {People}");
                await Renewals(stage, "simulated reader", card: null, cancellation);
                await SlowRenewals(stage, cancellation);
                await Photographs(stage, cancellation);
                await Pages(stage, cancellation);
            });
            if (pcsc)
            {
                await OverPcsc(chromium, cancellation);
            }
        }
        finally
        {
            await chromium.DisposeAsync();
        }
    }

    private static async Task On(Stage stage, Func<Stage, Task> act)
    {
        try
        {
            await stage.InitializeAsync();
            await act(stage);
        }
        finally
        {
            await stage.DisposeAsync();
        }
    }

    private async Task OverPcsc(Chromium chromium, CancellationToken cancellation)
    {
        if (await RealReader.FindEmpty(repository, cancellation) is not { } reader)
        {
            page.Add(new("From the card inserted to «Log in» in an open browser, pcscd", "no empty virtual reader: dev/readers start", $"{Text(MostToLogIn)} s"));
            return;
        }

        // In a reader even an instant card takes the time of the reader and of pcscd.
        var trial = await RealReader.Run(new RenewalTrial(CardSpeed.Instant, TimeSpan.Zero, 1, slowRenewals), repository, cancellation);
        var card = Sample.Of(trial!, one => one.Card).Median;
        await On(new PluggedStage(chromium, reader.Name, reader.Port), async stage =>
        {
            await stage.Server.Do($"people {People}");
            await Renewals(stage, "pcscd", card, cancellation);
        });
    }

    /// <param name="card">Seconds that the card and its reader have for the renewal alone; null where they take none.</param>
    private async Task Renewals(Stage stage, string where, double? card, CancellationToken cancellation)
    {
        var seen = await Repeat(stage, "instant", renewals, $"renewals in the browser, {where}", cancellation);
        var (toSuccess, toLogIn) = (Sample.Of(seen, one => one.ToSuccess), Sample.Of(seen, one => one.ToLogIn));
        var what = $"From [Confirm] to «Success» in the browser, instant card, {where}, {seen.Count} renewals";
        if (card is { } own)
        {
            page.Add(new(what, Seconds(toSuccess)));
            what = "The same above the time of card and reader";
            toSuccess = Sample.Of(seen, one => one.ToSuccess - own);
        }

        page.Add(Finding.Limited(what, Seconds(toSuccess), $"{Text(MostToSuccess)} s", toSuccess.Median <= MostToSuccess));
        page.Add(new(
            $"From the card inserted to «Log in» in an open browser, {where}", Seconds(toLogIn),
            card is null ? "" : $"{Text(MostToLogIn)} s", card is null ? null : toLogIn.Median <= MostToLogIn));
    }

    /// <summary>With a card that takes its time: what is left after the time that such a card has for the renewal alone.</summary>
    private async Task SlowRenewals(Stage stage, CancellationToken cancellation)
    {
        var seen = await Repeat(stage, "jcop4", slowRenewals, "renewals in the browser, JCOP4", cancellation);
        var card = Sample.Of(await new RenewalTrial(CardSpeed.Jcop4, TimeSpan.Zero, 1, slowRenewals).Run(cancellation), one => one.Card).Median;
        var above = Sample.Of(seen, one => one.ToSuccess - card);
        page.Add(new($"From [Confirm] to «Success», JCOP4, {seen.Count} renewals", Seconds(Sample.Of(seen, one => one.ToSuccess))));
        page.Add(Finding.Limited("The same above the card's own time", Seconds(above), $"{Text(MostToSuccess)} s", above.Median <= MostToSuccess));
    }

    /// <summary>The card is an instant one: what is left is what people wait for besides the card.</summary>
    private async Task Photographs(Stage stage, CancellationToken cancellation)
    {
        Tell("a card in the second reader");
        var seen = Sample.Of(await PhotographSeen.Measure(stage, quick ? 1 : 5, quick ? 3 : 30, cancellation), one => one);
        page.Add(Finding.Limited(
            $"From the card in the second reader to its holder's photograph, instant card: p95 of {seen.Count} (median)",
            string.Create(CultureInfo.InvariantCulture, $"{seen.At(0.95):0.000} s ({seen.Median:0.000})"), $"{Text(MostToPhotograph)} s", seen.At(0.95) < MostToPhotograph));
    }

    private async Task<IReadOnlyList<RenewalSeen>> Repeat(Stage stage, string speed, int times, string what, CancellationToken cancellation)
    {
        Tell(what);
        for (var i = 0; i < warmUpRenewals; i++)
        {
            await RenewalSeen.Measure(stage, speed);
        }

        var seen = new List<RenewalSeen>();
        while (seen.Count < times)
        {
            cancellation.ThrowIfCancellationRequested();
            seen.Add(await RenewalSeen.Measure(stage, speed));
        }

        return seen;
    }

    private async Task Pages(Stage stage, CancellationToken cancellation)
    {
        var lighthouse = new Lighthouse(repository, stage.Folder);
        Tell("the pages; Lighthouse is made ready");
        await lighthouse.Install(cancellation);
        await using var wren = await stage.Enter("bench");
        await wren.Inserts(await stage.SampleCard("wren"));
        await RenewalSeen.LogIn(wren);
        await Pages(wren, PageAddress.BeforeRenewal, lighthouse, cancellation);
        await RenewalSeen.Confirm(wren);
        await Pages(wren, [new("success", new Uri(wren.Tab.Address).AbsolutePath, IsJudged: true)], lighthouse, cancellation);
        page.Add(Finding.Limited("What these pages load from elsewhere", elsewhere.Count == 0 ? "nothing" : string.Join(' ', elsewhere), "nothing", elsewhere.Count == 0));
    }

    private async Task Pages(Person person, IReadOnlyList<PageAddress> pages, Lighthouse lighthouse, CancellationToken cancellation)
    {
        var service = person.Stage.Service;
        var cookies = await PageAddress.CookieHeader(person.Context, service);
        using var times = new ServerTimes(service, WarmUps, requests);
        foreach (var one in pages)
        {
            Tell($"the page {one.Name}");
            var time = await times.Of(one, cookies, cancellation);
            page.Add(Finding.Limited(
                $"Server time of {one.Name}: p95 of {time.Count} requests (median)",
                string.Create(CultureInfo.InvariantCulture, $"{time.At(0.95):0.0} ms ({time.Median:0.0})"), $"{Text(MostServerTime)} ms", time.At(0.95) < MostServerTime));
            var weight = await PageWeight.Of(person.Stage.Chromium, service, one, person.Context);
            page.Add(Finding.Limited(
                $"Weight of {one.Name}, nothing cached, {weight.Files} files",
                string.Create(CultureInfo.InvariantCulture, $"{weight.Bytes / 1000.0:0.0} kB"), $"{Text(MostKilobytes)} kB", weight.Bytes / 1000.0 < MostKilobytes));
            elsewhere.UnionWith(weight.Elsewhere);
        }

        foreach (var one in pages.Where(one => one.IsJudged))
        {
            await Judge(lighthouse, service, one, cookies, cancellation);
        }
    }

    private async Task Judge(Lighthouse lighthouse, string service, PageAddress one, string cookies, CancellationToken cancellation)
    {
        Tell($"the page {one.Name} with Lighthouse");
        var scores = new List<(double Performance, double Accessibility)>();
        while (scores.Count < judgements)
        {
            if (await lighthouse.Judge(service + one.Path, cookies, cancellation) is not { } score)
            {
                page.Add(Finding.Limited($"Lighthouse of {one.Name}, desktop", $"failed {Lighthouse.Tries} times", $"at least {Text(LeastScore)}", met: false));
                return;
            }

            scores.Add(score);
        }

        AddScore("performance", Sample.Of(scores, s => s.Performance));
        AddScore("accessibility", Sample.Of(scores, s => s.Accessibility));

        void AddScore(string category, Sample score) => page.Add(Finding.Limited(
            $"Lighthouse, {category} of {one.Name}, desktop", score.InWords("", "0"), $"at least {Text(LeastScore)}", score.Median >= LeastScore));
    }

    private static void Tell(string what) => Console.Error.WriteLine($"Measuring {what} …");

    private static string Seconds(Sample sample) => sample.InWords(" s", "0.000");

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
