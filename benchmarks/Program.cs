using Evercard.Bench;
using Evercard.Bench.Figures;

const int WrongUsage = 2;
const int Stopped = 130;

// The script ./bench has checked the words; this stands for whoever starts the program itself.
if (args is not ["renewal" or "pages", ..] || args.Skip(1).Except(["--quick", "--pcsc"]).Any())
{
    await Console.Error.WriteLineAsync("usage: ./bench renewal|pages [--quick] [--pcsc]");
    return WrongUsage;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var quick = args.Contains("--quick");
var repository = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(repository.FullName, "Evercard.slnx")))
{
    repository = repository.Parent ?? throw new DirectoryNotFoundException("The benchmarks run inside the repository.");
}

var page = new ResultsPage($"./bench {string.Join(' ', args)}", TimeProvider.System.GetUtcNow());
var pcsc = args.Contains("--pcsc");
var isRenewal = args[0] == "renewal";
try
{
    await (isRenewal ? new RenewalBench(quick, pcsc, repository.FullName, page).Run(stop.Token) : new PagesBench(quick, pcsc, repository.FullName, page).Run(stop.Token));
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped; nothing was written.");
    return Stopped;
}
catch
{
    // What was measured until then is not lost on whoever waited for it.
    Console.WriteLine(page.ForTerminal());
    throw;
}

Console.WriteLine(page.ForTerminal());
if (!quick)
{
    // Quick figures are too few to be kept.
    await ResultsFile.Put(Path.Combine(repository.FullName, "benchmarks", "RESULTS.md"), isRenewal ? "Renewal" : "Pages", page.ForFile(), stop.Token);
}

return page.AllLimitsMet ? 0 : 1;
