using System.Diagnostics;
using Evercard.DevHost;

namespace Evercard.Bench.Memory;

/// <summary>A role of the development host in a process of its own, driven line by line.</summary>
internal sealed class RoleProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);
    private readonly Process process;

    private RoleProcess(Process process) => this.process = process;

    /// <summary>Returns once it says that it is ready.</summary>
    public static async Task<RoleProcess> Start(CancellationToken cancellation, params IEnumerable<string> arguments)
    {
        var started = Process.Start(new ProcessStartInfo("dotnet", [typeof(DataFolder).Assembly.Location, .. arguments, "--commands"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var role = new RoleProcess(started);
        await role.ReadLine(cancellation);
        return role;
    }

    /// <returns>What it answered after "ok".</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<string> Ask(string command, CancellationToken cancellation)
    {
        await process.StandardInput.WriteLineAsync(command.AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation);
        var answer = await ReadLine(cancellation);
        return answer.StartsWith("ok ", StringComparison.Ordinal) ? answer[3..] : throw new InvalidOperationException($"{command}: {answer}");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(EndWithin);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task<string> ReadLine(CancellationToken cancellation) =>
        await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The process ended by itself.");
}
