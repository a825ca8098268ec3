using System.Runtime.InteropServices;

namespace Evercard.Agent.Tray.Linux;

/// <summary>An icon for panels that speak StatusNotifier: GNOME with its extension, KDE, Xfce, MATE, Cinnamon.</summary>
internal static partial class Ayatana
{
    public const string File = "libayatana-appindicator3.so.1";

    /// <summary>Whoever owns this name shows such icons.</summary>
    public const string Watcher = "org.kde.StatusNotifierWatcher";

    public const int ApplicationStatus = 0;
    public const int Passive = 0;
    public const int Active = 1;

    [LibraryImport(File, EntryPoint = "app_indicator_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint New(string id, string picture, int category);

    [LibraryImport(File, EntryPoint = "app_indicator_set_status")]
    public static partial void SetStatus(nint indicator, int status);

    [LibraryImport(File, EntryPoint = "app_indicator_set_icon_full", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetPicture(nint indicator, string path, string description);

    [LibraryImport(File, EntryPoint = "app_indicator_set_title", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetTitle(nint indicator, string title);

    [LibraryImport(File, EntryPoint = "app_indicator_set_menu")]
    public static partial void SetMenu(nint indicator, nint menu);
}
