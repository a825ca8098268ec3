using System.Diagnostics;

namespace Evercard.Interop.Tray;

/// <summary>The command "tray" of the development host in a process of its own; disposing ends it.</summary>
internal sealed class ShownIcon : IDisposable
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    private readonly Process process;

    /// <param name="display">As in DISPLAY.</param>
    /// <param name="bus">Address of the session bus; null: none answers.</param>
    public ShownIcon(string display, string? bus = null)
    {
        var how = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Evercard.DevHost.dll"), "tray"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        (how.Environment["DISPLAY"], how.Environment["DBUS_SESSION_BUS_ADDRESS"]) = (display, bus ?? "unix:path=/dev/null");
        how.Environment["NO_AT_BRIDGE"] = "1"; // No screen reader listens here.
        process = Process.Start(how)!;
    }

    /// <returns>What it answers.</returns>
    public async Task<string> Say(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync().WaitAsync(AtMost) ?? "It ended.";
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> End()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(AtMost);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
