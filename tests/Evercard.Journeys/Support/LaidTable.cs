using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Evercard.Journeys.Support;

/// <summary>The demonstration as ./run starts it on a computer without a desktop, freshly laid.</summary>
public sealed class LaidTable(Chromium chromium) : IAsyncLifetime
{
    private static readonly TimeSpan FirstLineWithin = TimeSpan.FromSeconds(60);
    private Process? process;

    /// <summary>Of the table.</summary>
    internal string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet", [Repository.At("dev", "DevHost", "bin", "Release", "net10.0", "Evercard.DevHost.dll"), "demo", "--no-browser", "--port", FreePort()])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        RoleProcess.DoesNotLiveLong(start);
        process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        var first = await process.StandardOutput.ReadLineAsync().WaitAsync(FirstLineWithin);
        first.ShouldNotBeNull().ShouldStartWith("Evercard demo: ");
        Address = first["Evercard demo: ".Length..];
    }

    public async Task DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Somebody with a browser that knows nothing yet sits down in front of it.</summary>
    internal async Task<TableStage> Sit(string journey)
    {
        var context = await chromium.Fresh(withScript: true);

        // Windows that close themselves after a while would do so while they are looked at.
        await context.AddInitScriptAsync("window.close = () => {}");
        var stage = new TableStage(Address, context, new PageCheck(journey));
        try
        {
            await stage.OpenTable();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
