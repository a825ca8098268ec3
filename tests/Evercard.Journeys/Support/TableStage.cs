using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>The demonstration as ./run starts it on a computer without a desktop, freshly laid, and a person in front of it.</summary>
internal sealed class TableStage : IAsyncDisposable
{
    private static readonly TimeSpan FirstLineWithin = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly IBrowserContext context;
    private readonly PageCheck check;

    private TableStage(Process process, IBrowserContext context, PageCheck check) => (this.process, this.context, this.check) = (process, context, check);

    /// <summary>Of the table.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The table's own tab.</summary>
    public Screen Table { get; private set; } = null!;

    /// <summary>The tab that came last.</summary>
    public Screen Tab { get; private set; } = null!;

    public static async Task<TableStage> Lay(Chromium chromium, string journey)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Repository.At("dev", "DevHost", "bin", "Release", "net10.0", "Evercard.DevHost.dll"), "demo", "--no-browser", "--port", FreePort()])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var run = Process.Start(start)!;
        _ = run.StandardError.ReadToEndAsync();
        var stage = new TableStage(run, await chromium.Fresh(withScript: true), new PageCheck(journey));
        try
        {
            var first = await run.StandardOutput.ReadLineAsync().WaitAsync(FirstLineWithin);
            first.ShouldNotBeNull().ShouldStartWith("Evercard demo: ");
            stage.Table = new Screen(await stage.context.NewPageAsync(), stage.check);
            stage.Address = first["Evercard demo: ".Length..];
            await stage.Table.Open(stage.Address);
            await stage.Table.Meets("Demonstration table");
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does what opens a new tab.</summary>
    public async Task<Screen> SeesTab(Func<Task> act)
    {
        Tab = new Screen(await context.RunAndWaitForPageAsync(act), check);
        return Tab;
    }

    /// <summary>Brings the table to the front.</summary>
    public async Task<Screen> Back()
    {
        await Table.Page.BringToFrontAsync();
        return Table;
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
