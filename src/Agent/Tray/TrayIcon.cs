using Evercard.Agent.Tray.Linux;
using Evercard.Agent.Tray.Windows;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent.Tray;

/// <summary>The task-bar icon of whatever desktop this is.</summary>
public static class TrayIcon
{
    /// <summary>Never throws, and returns within seconds: the agent works as well without an icon.</summary>
    /// <param name="chosen">Told what the person chose, on a thread of the pool.</param>
    /// <param name="log">Told why there is no icon, or no longer.</param>
    /// <returns>The icon, which is seen from its first state on; null where there is no desktop.</returns>
    public static ITrayIcon? TryStart(Action<TrayItem> chosen, ILogger log)
    {
        try
        {
            return OperatingSystem.IsLinux() ? GtkTrayIcon.TryStart(Elsewhere, log)
                : OperatingSystem.IsWindows() ? WindowsTrayIcon.TryStart(Elsewhere, log)
                : null;
        }
        catch (Exception e)
        {
            log.LogWarning(e, "There is no task-bar icon.");
            return null;
        }

        // The thread that draws the icon has to draw on.
        void Elsewhere(TrayItem item) => ThreadPool.QueueUserWorkItem(_ =>
        {
            try
            {
                chosen(item);
            }
            catch (Exception e)
            {
                log.LogError(e, "{Item} of the task-bar icon failed.", item);
            }
        });
    }
}
