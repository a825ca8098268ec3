using System.Runtime.Versioning;
using Evercard.Agent.Tray.Drawing;

namespace Evercard.Agent.Tray.Windows;

/// <summary>One icon in the notification area. On the thread of its window alone.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class NotifyArea(nint window, uint callbackMessage)
{
    private const uint Add = 0;
    private const uint Modify = 1;
    private const uint Delete = 2;
    private const uint SetVersion = 4;
    private const uint HasMessage = 0x1;
    private const uint HasIcon = 0x2;
    private const uint HasTooltip = 0x4;
    private const uint ShowTooltip = 0x80; // Version 4 leaves it to the program otherwise.
    private const uint Version4 = 4;
    private const int SmallIconWidth = 49; // SM_CXSMICON
    private const uint IconFormat = 0x00030000;

    private nint icon;
    private bool isThere;

    /// <summary>Adds the icon, or changes it. Where there is no task bar yet, TaskbarCreated comes later.</summary>
    public void Show(TrayState state)
    {
        var next = Draw(state.Shape);
        var data = Data();
        data.Flags = HasMessage | HasIcon | HasTooltip | ShowTooltip;
        data.CallbackMessage = callbackMessage;
        data.Icon = next;
        TrayTooltip.Cut(TrayTooltip.Of(state), NotifyIconData.LongestTooltip).CopyTo(new Span<char>(data.Tooltip, NotifyIconData.LongestTooltip));
        if (isThere)
        {
            Win32.Shell_NotifyIconW(Modify, &data);
        }
        else if (Win32.Shell_NotifyIconW(Add, &data))
        {
            isThere = true;
            data.Version = Version4;
            Win32.Shell_NotifyIconW(SetVersion, &data);
        }

        Forget(next);
    }

    /// <summary>There is a new task bar, which knows nothing of us.</summary>
    public void ShowAgain(TrayState state)
    {
        isThere = false;
        Show(state);
    }

    public void Remove()
    {
        var data = Data();
        Win32.Shell_NotifyIconW(Delete, &data);
        isThere = false;
        Forget(0);
    }

    private NotifyIconData Data() => new() { Size = (uint)sizeof(NotifyIconData), Window = window, Id = 1 };

    private static nint Draw(TrayShape shape)
    {
        var size = Math.Max(Win32.GetSystemMetrics(SmallIconWidth), 16);
        var png = TrayPicture.Png(shape, size);
        fixed (byte* bytes = png)
        {
            return Win32.CreateIconFromResourceEx(bytes, (uint)png.Length, 1, IconFormat, size, size, 0);
        }
    }

    private void Forget(nint next)
    {
        if (icon != 0)
        {
            Win32.DestroyIcon(icon);
        }

        icon = next;
    }
}
