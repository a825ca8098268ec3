using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>A person at this computer: with a browser tab, and with the windows that the agent opens.</summary>
internal sealed class Person(Stage stage, IBrowserContext context, PageCheck check) : IAsyncDisposable
{
    private const int WindowWidth = 480;
    private const int WindowHeight = 620;

    public Stage Stage => stage;

    public IBrowserContext Context => context;

    /// <summary>The window that came last.</summary>
    public Screen Window { get; private set; } = null!;

    /// <summary>The tab that came last.</summary>
    public Screen Tab { get; private set; } = null!;

    /// <summary>A new tab.</summary>
    /// <param name="address">A path of the service, or a whole address.</param>
    public async Task<Screen> Opens(string address)
    {
        Tab = new Screen(await context.NewPageAsync(), check);
        await Tab.Open(address.StartsWith('/') ? stage.Service + address : address);
        return Tab;
    }

    /// <summary>The window that the agent opens next.</summary>
    public async Task<Screen> SeesWindow()
    {
        var address = await stage.NextWindow();
        Window = new Screen(await context.NewPageAsync(), check);
        await Window.Page.SetViewportSizeAsync(WindowWidth, WindowHeight);
        await Window.Open(address);
        return Window;
    }

    /// <summary>The tab that the agent opens next.</summary>
    public async Task<Screen> SeesTab() => await Opens(await stage.NextTab());

    /// <summary>Puts a card in and meets the window that it opens.</summary>
    public async Task<Screen> Inserts(string card)
    {
        await stage.Insert(card);
        return await SeesWindow();
    }

    /// <summary>The agent's own page about this computer, as its task-bar icon opens it.</summary>
    public async Task<Screen> OpensStatus()
    {
        Window = new Screen(await context.NewPageAsync(), check);
        await Window.Page.SetViewportSizeAsync(WindowWidth, WindowHeight);
        await Window.Open(stage.AgentPages);
        return await Window.Meets("Status");
    }

    /// <summary>Follows a link that opens a new tab.</summary>
    public async Task<Screen> FollowsToNewTab(Screen from, string link)
    {
        var page = await context.RunAndWaitForPageAsync(() => from.Follow(link));
        Tab = new Screen(page, check);
        return Tab;
    }

    /// <summary>Types the passcode in the log-in window.</summary>
    public async Task<Screen> LogsIn(string passcode = Stage.Passcode)
    {
        await Window.Meets("Log in");
        await Window.Type("Passcode", passcode);
        return await Window.Press("Log in");
    }

    /// <summary>Logs in with a card, as this role, and comes to the service in the browser.</summary>
    /// <param name="card">Its file.</param>
    /// <param name="role">As it is offered; null for somebody who has only one.</param>
    /// <param name="withScript">False: the page that connects does not go on by itself.</param>
    public async Task<Screen> ComesToDashboard(string card, string? role, bool withScript = true)
    {
        await Inserts(card);
        await LogsIn();
        if (role is not null)
        {
            await Window.Meets("Choose your role");
            await Window.Choose(role);
            await Window.Press("Continue");
        }

        await Window.Meets("You are logged in");
        await FollowsToNewTab(Window, "Open Care Identity Service");
        if (!withScript)
        {
            await Tab.Meets("Connecting to Identity Agent");
            await Tab.Press("Continue");
        }

        return await Tab.Meets("Dashboard");
    }

    /// <summary>Logs in, takes the role that is offered, and answers the expiry notice.</summary>
    public async Task<Screen> LogsInAndAnswers(string answer)
    {
        await LogsIn();
        await Window.Meets("Choose your role");
        await Window.Press("Continue");
        await Window.Meets("Smartcard expiry");
        return await Window.Press(answer);
    }

    /// <summary>Logs in at the window, and comes to the renewal page in the browser.</summary>
    public async Task<Screen> ComesToRenew(string card, bool hasRoles = true)
    {
        await Inserts(card);
        if (hasRoles)
        {
            await LogsInAndAnswers("Yes");
        }
        else
        {
            await LogsIn();
            await Window.Meets("Smartcard expiry");
            await Window.Press("Yes");
        }

        return await SeesTab();
    }

    /// <summary>From the renewal page to the agent's passcode page, and the passcode.</summary>
    public async Task<Screen> ContinuesAndConfirms()
    {
        await Tab.Meets("Renew your smartcard");
        await Tab.Press("Continue");
        await Tab.Meets("Confirm your passcode");
        await Tab.Type("Passcode", Stage.Passcode);
        return await Tab.Press("Confirm");
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
