using Evercard.Agent.Pages;
using Evercard.Agent.Pages.Opening;
using Evercard.Protocol;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent.Tray;

/// <summary>Keeps the task-bar icon in step with the agent, and does what is chosen from its menu.</summary>
public sealed class AgentTray : IDisposable
{
    private readonly IdentityAgent agent;
    private readonly ITrayIcon icon;

    private AgentTray(IdentityAgent agent, ITrayIcon icon)
    {
        (this.agent, this.icon) = (agent, icon);
        agent.Changed += Show;
        icon.Show(StateOf(agent));
    }

    /// <returns>Null where this computer has no desktop: the agent does its work without it.</returns>
    public static AgentTray? TryStart(IdentityAgent agent, AgentPages pages, PageOpener opener, Action quit, ILogger log) =>
        TrayIcon.TryStart(item => Do(item, agent, pages, opener, quit), log) is { } icon ? new AgentTray(agent, icon) : null;

    /// <summary>What the icon tells of an agent: the card that is logged in, otherwise the first that is in a reader.</summary>
    public static TrayState StateOf(IdentityAgent agent)
    {
        var session = agent.Sessions is [var one, ..] ? one.LoggedIn : null;
        var greeting = agent.CardsIn.Select(card => card.Greeting).FirstOrDefault(known => known is not null);
        return new TrayState
        {
            Version = agent.Options.Version,
            Connected = agent.IsConnected,
            CardIn = agent.CardsIn.Count > 0,
            LoggedIn = session is not null,
            HolderName = session?.HolderName ?? greeting?.HolderName,
            DaysLeft = session?.DaysLeft ?? greeting?.DaysLeft,
            Expiring = session?.RenewalOffered ?? greeting?.State is CardStanding.RenewalDue or CardStanding.RenewalUnfinished,
            Problem = agent.Notice?.Title.TrimEnd('.'),
        };
    }

    public void Dispose()
    {
        agent.Changed -= Show;
        icon.Dispose();
    }

    private void Show(object? sender, EventArgs e) => icon.Show(StateOf(agent));

    private static void Do(TrayItem item, IdentityAgent agent, AgentPages pages, PageOpener opener, Action quit)
    {
        switch (item)
        {
            case TrayItem.Renew:
                opener.OpenBrowser(pages.RenewalAddress);
                break;
            case TrayItem.Check:
                opener.OpenBrowser(pages.CheckAddress);
                break;
            case TrayItem.LogOut:
                foreach (var session in agent.Sessions)
                {
                    _ = agent.LogOut(session.LoggedIn.SessionId, CancellationToken.None);
                }

                break;
            case TrayItem.Quit:
                quit();
                break;
            default:
                // Logging in and changing the passcode begin on the status page, card by card.
                opener.OpenWindow(pages.Address);
                break;
        }
    }
}
