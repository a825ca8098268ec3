using System.Runtime.InteropServices;

namespace Evercard.Agent.Tray.Windows;

/// <summary>NOTIFYICONDATAW.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NotifyIconData
{
    /// <summary>UTF-16 units of a tooltip, without its end.</summary>
    public const int LongestTooltip = 127;

    public uint Size;
    public nint Window;
    public uint Id;
    public uint Flags;
    public uint CallbackMessage;
    public nint Icon;
    public fixed char Tooltip[LongestTooltip + 1];
    public uint State;
    public uint StateMask;
    public fixed char Info[256];
    public uint Version;
    public fixed char InfoTitle[64];
    public uint InfoFlags;
    public Guid Guid;
    public nint BalloonIcon;
}

/// <summary>WNDCLASSEXW.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WindowClass
{
    public uint Size;
    public uint Style;
    public delegate* unmanaged[Stdcall]<nint, uint, nint, nint, nint> Procedure;
    public int ClassExtra;
    public int WindowExtra;
    public nint Instance;
    public nint Icon;
    public nint Cursor;
    public nint Background;
    public char* MenuName;
    public char* ClassName;
    public nint SmallIcon;
}

/// <summary>MSG.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowMessage
{
    public nint Window;
    public uint Message;
    public nint WParam;
    public nint LParam;
    public uint Time;
    public ScreenPoint Point;
}

/// <summary>POINT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ScreenPoint
{
    public int X;
    public int Y;
}
