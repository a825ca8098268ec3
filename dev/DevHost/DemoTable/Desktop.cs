namespace Evercard.DevHost.DemoTable;

internal static class Desktop
{
    /// <summary>Somebody sits before this computer, and windows can be opened.</summary>
    public static bool IsThere =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
}
