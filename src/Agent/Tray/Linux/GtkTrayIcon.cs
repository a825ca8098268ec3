using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent.Tray.Linux;

/// <summary>
/// The icon on Linux: GTK 3 on a thread of its own. One in a process, since GTK is. It never ends the process: X and the
/// session bus may go away while a card is being written to.
/// </summary>
internal sealed class GtkTrayIcon : ITrayIcon
{
    private static readonly TimeSpan StartAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndAtMost = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<TrayItem> chosen;
    private readonly ILogger log;
    private readonly Thread thread;
    private volatile TrayState? wanted;
    private volatile bool ending;
    private volatile bool displayLost;
    private PictureFiles? pictures;
    private GtkWidgets? widgets;
    private GtkMenu? menu;

    private GtkTrayIcon(Action<TrayItem> chosen, ILogger log)
    {
        (this.chosen, this.log) = (chosen, log);
        thread = new Thread(Run) { IsBackground = true, Name = "Task-bar icon" };
    }

    public static ITrayIcon? TryStart(Action<TrayItem> chosen, ILogger log)
    {
        var why = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) ? "there is no display"
            : !NativeLibrary.TryLoad(Gtk.File, out _) ? $"{Gtk.File} is not installed"
            : null;
        var icon = new GtkTrayIcon(chosen, log);
        if (why is null && !GtkSignals.TryBecome(icon))
        {
            why = "this process has one already, or its display was lost";
        }

        if (why is null)
        {
            icon.thread.Start();
            if (icon.started.Task.Wait(StartAtMost) && icon.started.Task.Result)
            {
                return icon;
            }

            icon.ending = true;
            icon.Wake();
            why = "the display does not answer";
        }

        log.LogInformation("No task-bar icon: {Reason}.", why);
        return null;
    }

    public void Show(TrayState state)
    {
        wanted = state;
        Wake();
    }

    public void Dispose()
    {
        ending = true;
        Wake();
        if (!displayLost)
        {
            thread.Join(EndAtMost);
        }
    }

    /// <summary>On GTK's thread: does what other threads asked for.</summary>
    public void Catch()
    {
        if (ending)
        {
            Gtk.QuitLoop();
        }
        else if (wanted is { } state)
        {
            widgets!.Show(state);
        }
    }

    public void Choose(nint item) => chosen(menu!.ItemOf(item));

    public void ChooseStatus() => chosen(TrayItem.Status);

    public void PopUpMenu() => widgets!.PopUpMenu();

    public void Resize(int pixels) => widgets!.Resize(pixels);

    public void Listen(bool isThere) => widgets!.Listen(isThere);

    public void Complain(Exception e) => log.LogWarning(e, "The task-bar icon failed.");

    /// <summary>Never returns: Xlib ends the process behind a handler that does.</summary>
    public void LoseDisplay()
    {
        displayLost = true;
        pictures?.Dispose();
        log.LogWarning("The display is gone, and with it the task-bar icon. The agent works on.");
        Thread.Sleep(Timeout.Infinite);
    }

    private void Wake()
    {
        if (!displayLost)
        {
            GtkSignals.Wake(this);
        }
    }

    private void Run()
    {
        try
        {
            pictures = new PictureFiles();
            if (!GtkSignals.Initialise())
            {
                return;
            }

            menu = GtkSignals.NewMenu();
            widgets = new GtkWidgets(pictures, menu);
            GtkSignals.Connect(widgets.StatusIcon);
            var watch = GtkSignals.WatchPanels();
            started.SetResult(true);
            if (!ending)
            {
                Gtk.RunLoop();
            }

            GtkSignals.Unwatch(watch);
            widgets.Destroy();
        }
        catch (Exception e)
        {
            Complain(e);
        }
        finally
        {
            pictures?.Dispose();
            GtkSignals.Leave();
            started.TrySetResult(false);
        }
    }
}
