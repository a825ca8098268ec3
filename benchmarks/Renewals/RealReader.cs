using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Evercard.Cards.Pcsc;
using Evercard.CardSimulator.Vpcd;

namespace Evercard.Bench.Renewals;

/// <summary>The simulated card behind a real pcscd: dev/readers must run.</summary>
internal static partial class RealReader
{
    /// <returns>Null where no virtual reader is empty.</returns>
    public static async Task<IReadOnlyList<RenewalTaken>?> Run(RenewalTrial trial, string repository, CancellationToken cancellation)
    {
        if (await FindEmpty(repository, cancellation) is not var (name, port))
        {
            return null;
        }

        return await trial.Run(new PcscReaders(), name, (_, file) => new Plugged(file, port), cancellation);
    }

    /// <returns>Name and port of a virtual reader without a card, or null.</returns>
    public static async Task<(string Name, int Port)?> FindEmpty(string repository, CancellationToken cancellation)
    {
        var empty = EmptyReader().Match(await Status(repository, cancellation));
        return empty.Success ? (empty.Groups["name"].Value.Trim(), int.Parse(empty.Groups["port"].ValueSpan, CultureInfo.InvariantCulture)) : null;
    }

    private static async Task<string> Status(string repository, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(repository, "dev", "readers"), ["status"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var told = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return told;
    }

    [GeneratedRegex(@"^(?<name>.+?)\s+port (?<port>\d+)\s+empty\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex EmptyReader();

    /// <summary>A card in a virtual reader until it is disposed.</summary>
    private sealed class Plugged : IDisposable
    {
        private readonly CancellationTokenSource ended = new();
        private readonly Task runs;

        public Plugged(string file, int port) => runs = Task.Run(() => PluggedCard.Run(file, port, ended.Token, TextWriter.Null));

        public void Dispose()
        {
            ended.Cancel();
            runs.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
            ended.Dispose();
        }
    }
}
