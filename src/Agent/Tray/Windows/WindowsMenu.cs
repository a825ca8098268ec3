using System.Runtime.Versioning;

namespace Evercard.Agent.Tray.Windows;

/// <summary>The menu at the pointer.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsMenu
{
    private const uint Grayed = 0x1;
    private const uint Separator = 0x800;
    private const uint RightButton = 0x2;
    private const uint TellNobody = 0x80; // TPM_NONOTIFY
    private const uint ReturnChoice = 0x100; // TPM_RETURNCMD
    private const uint Null = 0;

    /// <returns>What was chosen; null where the menu was left.</returns>
    public static TrayItem? Ask(nint window, TrayState state)
    {
        var menu = Win32.CreatePopupMenu();
        try
        {
            // An ampersand would underline the letter behind it.
            Win32.AppendMenuW(menu, Grayed, 0, TrayTooltip.Of(state).Replace("&", "&&", StringComparison.Ordinal));
            Win32.AppendMenuW(menu, Separator, 0, null);
            foreach (var item in TrayMenu.Items)
            {
                Win32.AppendMenuW(menu, TrayMenu.IsEnabled(item, state) ? 0 : Grayed, (nuint)item + 1, TrayMenu.Label(item));
            }

            ScreenPoint point;
            Win32.GetCursorPos(&point);

            // Without the two calls around it the menu stays open when the person clicks elsewhere.
            Win32.SetForegroundWindow(window);
            var choice = Win32.TrackPopupMenuEx(menu, RightButton | TellNobody | ReturnChoice, point.X, point.Y, window, 0);
            Win32.PostMessageW(window, Null, 0, 0);
            return choice > 0 ? (TrayItem)(choice - 1) : null;
        }
        finally
        {
            Win32.DestroyMenu(menu);
        }
    }
}
