using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Evercard.Agent.Tray.Windows;

/// <summary>What the icon needs of Windows.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Win32
{
    private const string User = "user32.dll";

    [LibraryImport("kernel32.dll")]
    public static partial nint GetModuleHandleW(nint name);

    [LibraryImport("shell32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Shell_NotifyIconW(uint act, NotifyIconData* data);

    [LibraryImport(User, SetLastError = true)]
    public static partial ushort RegisterClassExW(WindowClass* windowClass);

    [LibraryImport(User, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool UnregisterClassW(string name, nint instance);

    [LibraryImport(User, StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    public static partial nint CreateWindowExW(
        uint extendedStyle, string className, string title, uint style, int x, int y, int width, int height, nint parent, nint menu, nint instance, nint parameter);

    [LibraryImport(User)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DestroyWindow(nint window);

    [LibraryImport(User)]
    public static partial nint DefWindowProcW(nint window, uint message, nint wParam, nint lParam);

    [LibraryImport(User)]
    public static partial int GetMessageW(WindowMessage* message, nint window, uint first, uint last);

    [LibraryImport(User)]
    public static partial nint DispatchMessageW(WindowMessage* message);

    [LibraryImport(User)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool PostMessageW(nint window, uint message, nint wParam, nint lParam);

    [LibraryImport(User)]
    public static partial void PostQuitMessage(int exitCode);

    [LibraryImport(User, StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint RegisterWindowMessageW(string name);

    [LibraryImport(User)]
    public static partial nint CreateIconFromResourceEx(byte* png, uint length, int isIcon, uint version, int width, int height, uint flags);

    [LibraryImport(User)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DestroyIcon(nint icon);

    [LibraryImport(User)]
    public static partial int GetSystemMetrics(int index);

    [LibraryImport(User)]
    public static partial nint CreatePopupMenu();

    [LibraryImport(User, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool AppendMenuW(nint menu, uint flags, nuint id, string? text);

    [LibraryImport(User)]
    public static partial int TrackPopupMenuEx(nint menu, uint flags, int x, int y, nint window, nint parameters);

    [LibraryImport(User)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DestroyMenu(nint menu);

    [LibraryImport(User)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetCursorPos(ScreenPoint* point);

    [LibraryImport(User)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetForegroundWindow(nint window);
}
