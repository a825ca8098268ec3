using System.Diagnostics;
using System.Globalization;
using Evercard.Interop.Support;

namespace Evercard.Journeys.Support;

/// <summary>A stage whose agent sees the readers of this computer: those of dev/readers, with cards plugged in by dev/card.</summary>
public sealed class PcscStage(Chromium chromium) : Stage(chromium)
{
    private static readonly int[] Ports = [35963, 35964];

    protected override string[] Readers => ["--pcsc"];

    internal override async Task Insert(string file, int reader = FirstReader) => await Dev("card", "--background", file, Port(reader));

    internal override async Task Remove(int reader = FirstReader)
    {
        var pid = Repository.At(".data", "cards", $"{Port(reader)}.pid");
        if (!File.Exists(pid))
        {
            return;
        }

        using (var card = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pid), CultureInfo.InvariantCulture)))
        {
            card.Kill();
            await card.WaitForExitAsync();
        }

        File.Delete(pid);
    }

    /// <summary>As every program on this computer calls the reader.</summary>
    internal static async Task<string> NameOf(int reader)
    {
        var status = (await Witness.Run(Repository.At("dev", "readers"), ["status"])).ShouldSucceed();
        return status.Output.Split('\n').Single(line => line.Contains($"port {Port(reader)}", StringComparison.Ordinal)).Split("  port")[0].Trim();
    }

    private protected override async Task Clear()
    {
        await Dev("readers", "start");
        await Remove();
        await Remove(SecondReader);
    }

    private static string Port(int reader) => Ports[reader - 1].ToString(CultureInfo.InvariantCulture);

    private static async Task Dev(string script, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(Repository.At("dev", script), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;

        // What stays in the background keeps the outputs open: the end of the script itself is waited for.
        var (told, failed) = (run.StandardOutput.ReadLineAsync(), run.StandardError.ReadLineAsync());
        await run.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        run.ExitCode.ShouldBe(0, $"dev/{script}: {(told.IsCompleted ? await told : "")} {(failed.IsCompleted ? await failed : "")}");
    }
}
