using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Evercard.Cards.Readers;

namespace Evercard.DevHost.Renew;

/// <summary>A reader of dev/readers.</summary>
internal sealed record VirtualReader(string Name, int Port);

/// <summary>The virtual readers of dev/readers, and sample cards for them.</summary>
internal static partial class VirtualReaders
{
    private static readonly TimeSpan PlugWithin = TimeSpan.FromSeconds(15);

    /// <summary>Those without a card; none where dev/readers does not run.</summary>
    public static async Task<IReadOnlyList<VirtualReader>> Empty(CancellationToken cancellation) =>
    [
        .. StatusLine().Matches(await Dev("readers", ["status"], cancellation))
            .Where(m => m.Groups["state"].Value == "empty")
            .Select(m => new VirtualReader(m.Groups["name"].Value.Trim(), int.Parse(m.Groups["port"].ValueSpan, CultureInfo.InvariantCulture))),
    ];

    /// <summary>Plugs a card in, which stays there when this program ends.</summary>
    /// <exception cref="IOException">It did not appear.</exception>
    public static async Task Plug(string file, VirtualReader into, IReaders readers, CancellationToken cancellation)
    {
        await Dev("card", ["--background", file, into.Port.ToString(CultureInfo.InvariantCulture)], cancellation);
        var waited = TimeProvider.System.GetTimestamp();
        var known = readers.List();
        while (known.All(r => r.Name != into.Name || !r.CardPresent))
        {
            if (TimeProvider.System.GetElapsedTime(waited) > PlugWithin)
            {
                throw new IOException($"The sample card did not appear in {into.Name}.");
            }

            known = readers.WaitForChange(known, TimeSpan.FromSeconds(1), cancellation);
        }
    }

    /// <summary>Lines of `dev/readers status`: "Virtual PCD 00 00  port 35963  empty".</summary>
    [GeneratedRegex(@"^(?<name>.+?)\s+port (?<port>\d+)\s+(?<state>card|empty)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex StatusLine();

    private static async Task<string> Dev(string script, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(RepositoryRoot(), "dev", script), arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        }) ?? throw new IOException($"dev/{script} did not start.");
        var told = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return told;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Evercard.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new IOException("This is a development program: it runs inside the repository.");
    }
}
