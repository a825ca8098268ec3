using System.Runtime.InteropServices;

namespace Evercard.Agent.Tray.Linux;

/// <summary>What the icon needs of GTK 3 and the libraries below it. Texts are UTF-8; objects are pointers.</summary>
internal static unsafe partial class Gtk
{
    public const string File = "libgtk-3.so.0";
    private const string Gdk = "libgdk-3.so.0";
    private const string GLib = "libglib-2.0.so.0";
    private const string GObject = "libgobject-2.0.so.0";
    private const string Gio = "libgio-2.0.so.0";
    private const string X11 = "libX11.so.6";

    [LibraryImport(Gdk, EntryPoint = "gdk_set_allowed_backends", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void AllowBackends(string names);

    /// <summary>GTK would set the locale of the whole process.</summary>
    [LibraryImport(File, EntryPoint = "gtk_disable_setlocale")]
    public static partial void LeaveLocale();

    [LibraryImport(File, EntryPoint = "gtk_init_check")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Initialise(nint argumentCount, nint arguments);

    [LibraryImport(Gdk, EntryPoint = "gdk_display_get_default")]
    public static partial nint Display();

    [LibraryImport(Gdk, EntryPoint = "gdk_display_flush")]
    public static partial void Flush(nint display);

    [LibraryImport(File, EntryPoint = "gtk_main")]
    public static partial void RunLoop();

    [LibraryImport(File, EntryPoint = "gtk_main_quit")]
    public static partial void QuitLoop();

    /// <summary>The one call that other threads may make.</summary>
    [LibraryImport(GLib, EntryPoint = "g_idle_add")]
    public static partial uint OnLoop(delegate* unmanaged[Cdecl]<nint, int> act, nint data);

    [LibraryImport(GObject, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint Connect(nint instance, string signal, void* handler, nint data, nint destroy, int flags);

    [LibraryImport(GObject, EntryPoint = "g_object_ref_sink")]
    public static partial nint Hold(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    public static partial void Release(nint instance);

    [LibraryImport(File, EntryPoint = "gtk_menu_new")]
    public static partial nint NewMenu();

    [LibraryImport(File, EntryPoint = "gtk_menu_item_new_with_label", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewMenuItem(string label);

    [LibraryImport(File, EntryPoint = "gtk_separator_menu_item_new")]
    public static partial nint NewSeparator();

    [LibraryImport(File, EntryPoint = "gtk_menu_item_set_label", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetLabel(nint item, string label);

    [LibraryImport(File, EntryPoint = "gtk_menu_shell_append")]
    public static partial void Append(nint menu, nint item);

    [LibraryImport(File, EntryPoint = "gtk_widget_set_sensitive")]
    public static partial void SetEnabled(nint widget, int enabled);

    [LibraryImport(File, EntryPoint = "gtk_widget_show_all")]
    public static partial void ShowAll(nint widget);

    [LibraryImport(File, EntryPoint = "gtk_widget_destroy")]
    public static partial void Destroy(nint widget);

    [LibraryImport(File, EntryPoint = "gtk_menu_popup_at_pointer")]
    public static partial void PopUp(nint menu, nint trigger);

    [LibraryImport(File, EntryPoint = "gtk_status_icon_new")]
    public static partial nint NewStatusIcon();

    [LibraryImport(File, EntryPoint = "gtk_status_icon_set_from_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetPicture(nint statusIcon, string path);

    [LibraryImport(File, EntryPoint = "gtk_status_icon_set_title", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetTitle(nint statusIcon, string title);

    [LibraryImport(File, EntryPoint = "gtk_status_icon_set_tooltip_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetTooltip(nint statusIcon, string text);

    [LibraryImport(File, EntryPoint = "gtk_status_icon_set_visible")]
    public static partial void SetVisible(nint statusIcon, int visible);

    /// <returns>The session bus, the same for all of the process; 0 where it does not answer.</returns>
    [LibraryImport(Gio, EntryPoint = "g_bus_get_sync")]
    public static partial nint Bus(int which, nint cancellable, nint error);

    [LibraryImport(Gio, EntryPoint = "g_dbus_connection_set_exit_on_close")]
    public static partial void ExitOnClose(nint bus, int exit);

    [LibraryImport(Gio, EntryPoint = "g_bus_watch_name_on_connection", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint WatchName(
        nint bus, string name, int flags, delegate* unmanaged[Cdecl]<nint, nint, nint, nint, void> appeared, delegate* unmanaged[Cdecl]<nint, nint, nint, void> vanished, nint data, nint free);

    [LibraryImport(Gio, EntryPoint = "g_bus_unwatch_name")]
    public static partial void UnwatchName(uint watch);

    [LibraryImport(X11, EntryPoint = "XSetIOErrorHandler")]
    public static partial nint OnDisplayLost(delegate* unmanaged[Cdecl]<nint, int> handler);

    [LibraryImport(X11, EntryPoint = "XUnlockDisplay")]
    public static partial void UnlockDisplay(nint display);

    [LibraryImport(X11, EntryPoint = "XSetErrorHandler")]
    public static partial nint OnDisplayError(delegate* unmanaged[Cdecl]<nint, nint, int> handler);
}
