using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent.Tray.Windows;

/// <summary>The icon on Windows: a window that nobody sees, on a thread of its own. One in a process.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsTrayIcon : ITrayIcon
{
    private const string ClassName = "EvercardTrayIcon";
    private const uint Destroy = 0x0002;
    private const uint Close = 0x0010;
    private const uint ContextMenu = 0x007B;
    private const uint Select = 0x0400;
    private const uint SelectByKey = 0x0401;
    private const uint Wanted = 0x8001; // WM_APP + 1
    private const uint FromTaskBar = 0x8002;

    private static readonly TimeSpan StartAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndAtMost = TimeSpan.FromSeconds(2);
    private static WindowsTrayIcon? current;

    private readonly TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<TrayItem> chosen;
    private readonly ILogger log;
    private readonly Thread thread;
    private readonly uint taskBarCreated = Win32.RegisterWindowMessageW("TaskbarCreated");
    private volatile TrayState? wanted;
    private nint window;
    private NotifyArea? area;

    private WindowsTrayIcon(Action<TrayItem> chosen, ILogger log)
    {
        (this.chosen, this.log) = (chosen, log);
        thread = new Thread(Run) { IsBackground = true, Name = "Task-bar icon" };
    }

    public static ITrayIcon? TryStart(Action<TrayItem> chosen, ILogger log)
    {
        if (!Environment.UserInteractive)
        {
            log.LogInformation("No task-bar icon: there is no desktop.");
            return null;
        }

        var icon = new WindowsTrayIcon(chosen, log);
        if (Interlocked.CompareExchange(ref current, icon, null) is not null)
        {
            log.LogInformation("No task-bar icon: this process has one already.");
            return null;
        }

        icon.thread.Start();
        if (icon.started.Task.Wait(StartAtMost) && icon.started.Task.Result)
        {
            return icon;
        }

        log.LogInformation("No task-bar icon: Windows gave no window for it.");
        icon.Dispose();
        return null;
    }

    public void Show(TrayState state)
    {
        wanted = state;
        Win32.PostMessageW(window, Wanted, 0, 0);
    }

    public void Dispose()
    {
        if (window != 0)
        {
            Win32.PostMessageW(window, Close, 0, 0);
        }

        thread.Join(EndAtMost);
    }

    private unsafe void Run()
    {
        var instance = Win32.GetModuleHandleW(0);
        try
        {
            fixed (char* name = ClassName)
            {
                var windowClass = new WindowClass { Size = (uint)sizeof(WindowClass), Procedure = &Procedure, Instance = instance, ClassName = name };
                Win32.RegisterClassExW(&windowClass);
            }

            // Not a message-only window: those are not told of a new task bar.
            window = Win32.CreateWindowExW(0, ClassName, "Identity Agent", 0, 0, 0, 0, 0, 0, 0, instance, 0);
            if (window == 0)
            {
                return;
            }

            area = new NotifyArea(window, FromTaskBar);
            started.SetResult(true);
            WindowMessage message;
            while (Win32.GetMessageW(&message, 0, 0, 0) > 0)
            {
                Win32.DispatchMessageW(&message);
            }
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The task-bar icon failed.");
        }
        finally
        {
            Win32.UnregisterClassW(ClassName, instance);
            Volatile.Write(ref current, null);
            started.TrySetResult(false);
        }
    }

    /// <summary>No exception may leave it: it would end the process.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static nint Procedure(nint window, uint message, nint wParam, nint lParam)
    {
        // Before the first window message arrives here the icon has been set; area is there once CreateWindowEx has returned.
        if (Volatile.Read(ref current) is { area: not null } icon)
        {
            try
            {
                if (icon.Takes(message, lParam))
                {
                    return 0;
                }
            }
            catch (Exception e)
            {
                icon.log.LogWarning(e, "The task-bar icon failed.");
            }
        }

        return Win32.DefWindowProcW(window, message, wParam, lParam);
    }

    private bool Takes(uint message, nint lParam)
    {
        switch (message)
        {
            case Wanted when wanted is { } state:
                area!.Show(state);
                return true;
            case FromTaskBar:
                Happened((uint)lParam & 0xFFFF);
                return true;
            case Close:
                area!.Remove();
                Win32.DestroyWindow(window);
                return true;
            case Destroy:
                Win32.PostQuitMessage(0);
                return true;
            default:
                if (message == taskBarCreated && wanted is { } shown)
                {
                    area!.ShowAgain(shown);
                }

                return false;
        }
    }

    private void Happened(uint what)
    {
        if (what is Select or SelectByKey)
        {
            chosen(TrayItem.Status);
        }
        else if (what == ContextMenu && wanted is { } state && WindowsMenu.Ask(window, state) is { } item)
        {
            chosen(item);
        }
    }
}
