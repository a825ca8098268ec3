using System.Collections.Concurrent;
using System.Diagnostics;

namespace Evercard.Journeys.Support;

/// <summary>A process of dev/DevHost that plays one role and takes commands, one a line; each is answered with "ok …" or "failed …".</summary>
internal sealed class RoleProcess : IAsyncDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly ConcurrentQueue<string> said = new();
    private readonly Task errors;

    private RoleProcess(Process process)
    {
        this.process = process;
        errors = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                said.Enqueue(line);
            }
        });
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Everything that it wrote to its log, and every answer that it gave.</summary>
    public string Log => string.Join('\n', said);

    /// <param name="arguments">The role and its options.</param>
    /// <param name="ready">How the line begins with which it says that it is ready.</param>
    /// <returns>The process, and every line that it said until then.</returns>
    public static async Task<(RoleProcess Role, IReadOnlyList<string> Said)> Start(string[] arguments, string ready)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.At("dev", "DevHost", "bin", "Release", "net10.0", "Evercard.DevHost.dll"), .. arguments, "--commands"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        DoesNotLiveLong(start);

        // A window of the agent's belongs into the browser of these tests and on no screen.
        start.Environment.Remove("DISPLAY");
        start.Environment.Remove("WAYLAND_DISPLAY");
        var role = new RoleProcess(Process.Start(start)!);
        var lines = new List<string>();
        do
        {
            lines.Add(await role.NextLine(string.Join(' ', arguments)));
        }
        while (!lines[^1].StartsWith(ready, StringComparison.Ordinal));
        return (role, lines);
    }

    /// <summary>A process of a minute gains nothing from code that is measured and compiled once more; the guard of code pages costs at each compilation.</summary>
    public static void DoesNotLiveLong(ProcessStartInfo start) =>
        (start.Environment["DOTNET_TieredPGO"], start.Environment["DOTNET_EnableWriteXorExecute"]) = ("0", "0");

    /// <returns>What stands after "ok".</returns>
    /// <exception cref="InvalidOperationException">It failed, or the process has ended.</exception>
    public async Task<string> Do(string command)
    {
        await oneAtATime.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(command);
            await process.StandardInput.FlushAsync();
            var answer = await NextLine(command);
            return answer.StartsWith("ok", StringComparison.Ordinal) ? answer["ok".Length..].Trim() : throw new InvalidOperationException($"{command}: {answer}");
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Ends it without a goodbye, as a power cut would.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            try
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (Exception e) when (e is IOException or TimeoutException)
            {
                await Kill();
            }
        }

        await errors;
        process.Dispose();
        oneAtATime.Dispose();
    }

    private async Task<string> NextLine(string after)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(AnswersWithin)
            ?? throw new InvalidOperationException($"{after}: the process has ended.\n{Log}");
        said.Enqueue(line);
        return line;
    }
}
