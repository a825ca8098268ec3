using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>A person in front of the demonstration's table.</summary>
internal sealed class TableStage(string address, IBrowserContext context, PageCheck check) : IAsyncDisposable
{
    private LaidTable? own;

    /// <summary>Of the table.</summary>
    public string Address => address;

    /// <summary>The table's own tab.</summary>
    public Screen Table { get; private set; } = null!;

    /// <summary>The tab that came last.</summary>
    public Screen Tab { get; private set; } = null!;

    /// <summary>Lays a table for this journey alone, and sits down.</summary>
    public static async Task<TableStage> Lay(Chromium chromium, string journey)
    {
        var laid = new LaidTable(chromium);
        try
        {
            await laid.InitializeAsync();
            var stage = await laid.Sit(journey);
            stage.own = laid;
            return stage;
        }
        catch
        {
            await laid.DisposeAsync();
            throw;
        }
    }

    public async Task OpenTable()
    {
        Table = new Screen(await context.NewPageAsync(), check);
        await Table.Open(address);
        await Table.Meets("Demonstration table");
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
        if (own is not null)
        {
            await own.DisposeAsync();
        }
    }
}
