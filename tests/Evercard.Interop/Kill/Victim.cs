using System.Diagnostics;
using Evercard.Interop.Support;

namespace Evercard.Interop.Kill;

/// <summary>A process of dev/DevHost that is killed and begun again.</summary>
/// <param name="arguments">Its role and options.</param>
/// <param name="environment">Settings that must not stand on a command line.</param>
/// <param name="heard">Gets each line that it says.</param>
internal sealed class Victim(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string> heard) : IAsyncDisposable
{
    private Process? process;
    private Task reading = Task.CompletedTask;

    public bool Runs => process is { HasExited: false };

    /// <returns>Completes when it has ended.</returns>
    public Task Start()
    {
        var how = new ProcessStartInfo("dotnet", [Repository.At("dev", "DevHost", "bin", "Release", "net10.0", "Evercard.DevHost.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };

        // Code that lives for seconds gains nothing from being compiled twice.
        (how.Environment["DOTNET_TieredPGO"], how.Environment["DOTNET_EnableWriteXorExecute"]) = ("0", "0");
        foreach (var (name, value) in environment)
        {
            how.Environment[name] = value;
        }

        var started = process = Process.Start(how)!;
        reading = Task.WhenAll(Read(started.StandardOutput), Read(started.StandardError));
        return started.WaitForExitAsync();
    }

    /// <summary>Asks for something on its standard input.</summary>
    public async Task Say(string line)
    {
        await process!.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>SIGKILL: it does nothing more.</summary>
    public async Task Kill()
    {
        if (process is { } dying)
        {
            dying.Kill();
            await dying.WaitForExitAsync();
            await reading;
            dying.Dispose();
            process = null;
        }
    }

    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It did not end in time, and was killed.</exception>
    public async Task<int> Ended(TimeSpan atMost)
    {
        try
        {
            await process!.WaitForExitAsync().WaitAsync(atMost);
            await reading;
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            await Kill();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Kill();

    private async Task Read(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            heard(line);
        }
    }
}
