using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Evercard.Agent.Tray.Linux;

/// <summary>
/// What GTK, the bus and X call back. All of it is static: the process has one icon, and a call that comes late finds none
/// instead of memory that is gone. No exception leaves a callback.
/// </summary>
internal static unsafe class GtkSignals
{
    private const int SessionBus = 2;
    private static GtkTrayIcon? current;
    private static bool initialised;

    /// <returns>False where this process has an icon.</returns>
    public static bool TryBecome(GtkTrayIcon icon) => Interlocked.CompareExchange(ref current, icon, null) is null;

    public static void Leave() => Volatile.Write(ref current, null);

    /// <summary>From any thread: the icon looks at once for what is wanted of it.</summary>
    public static void Wake(GtkTrayIcon icon)
    {
        if (Volatile.Read(ref current) == icon)
        {
            _ = Gtk.OnLoop(&Woken, 0);
        }
    }

    /// <returns>False where the display does not let us in.</returns>
    public static bool Initialise()
    {
        // GDK ends the process when a Wayland compositor goes away, and nothing can be done about it. With X there is a way.
        if (!initialised)
        {
            Gtk.AllowBackends("x11");
            Gtk.LeaveLocale();
            initialised = true;
        }

        if (!Gtk.Initialise(0, 0))
        {
            return false;
        }

        Gtk.OnDisplayLost(&DisplayLost);
        Gtk.OnDisplayError(&DisplayError);
        return true;
    }

    public static GtkMenu NewMenu() => new(&Activated);

    public static void Connect(nint statusIcon)
    {
        Gtk.Connect(statusIcon, "activate", (delegate* unmanaged[Cdecl]<nint, nint, void>)&Clicked, 0, 0, 0);
        Gtk.Connect(statusIcon, "popup-menu", (delegate* unmanaged[Cdecl]<nint, uint, uint, nint, void>)&MenuAsked, 0, 0, 0);
        Gtk.Connect(statusIcon, "size-changed", (delegate* unmanaged[Cdecl]<nint, int, nint, int>)&Resized, 0, 0, 0);
    }

    /// <returns>For <see cref="Unwatch"/>; 0 where there is no session bus.</returns>
    public static uint WatchPanels()
    {
        // Without an address GIO would start a bus of its own, which nobody listens to and nobody ends.
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var hasBus = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"))
            || (!string.IsNullOrEmpty(runtime) && File.Exists(Path.Combine(runtime, "bus")));
        var bus = hasBus ? Gtk.Bus(SessionBus, 0, 0) : 0;
        if (bus == 0)
        {
            Volatile.Read(ref current)!.Listen(false);
            return 0;
        }

        Gtk.ExitOnClose(bus, 0);
        return Gtk.WatchName(bus, Ayatana.Watcher, 0, &PanelCame, &PanelWent, 0, 0);
    }

    public static void Unwatch(uint watch)
    {
        if (watch != 0)
        {
            Gtk.UnwatchName(watch);
        }
    }

    private static void Tell(Action<GtkTrayIcon> news)
    {
        if (Volatile.Read(ref current) is not { } icon)
        {
            return;
        }

        try
        {
            news(icon);
        }
        catch (Exception e)
        {
            icon.Complain(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Woken(nint data)
    {
        Tell(icon => icon.Catch());
        return 0; // once
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Activated(nint item, nint data) => Tell(icon => icon.Choose(item));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Clicked(nint statusIcon, nint data) => Tell(icon => icon.ChooseStatus());

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void MenuAsked(nint statusIcon, uint button, uint time, nint data) => Tell(icon => icon.PopUpMenu());

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Resized(nint statusIcon, int pixels, nint data)
    {
        Tell(icon => icon.Resize(pixels));
        return 1; // GTK need not scale
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void PanelCame(nint bus, nint name, nint owner, nint data) => Tell(icon => icon.Listen(true));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void PanelWent(nint bus, nint name, nint data) => Tell(icon => icon.Listen(false));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DisplayLost(nint display)
    {
        // Xlib holds this for the thread that it expects to end the process; the end of the process would wait for it.
        Gtk.UnlockDisplay(display);
        Tell(icon => icon.LoseDisplay());
        return 0;
    }

    /// <summary>GDK would abort. A tray that vanished under a request is no reason to.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DisplayError(nint display, nint error) => 0;
}
