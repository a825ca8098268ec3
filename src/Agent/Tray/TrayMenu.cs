namespace Evercard.Agent.Tray;

/// <summary>The menu of the icon, in its order.</summary>
public static class TrayMenu
{
    public static IReadOnlyList<TrayItem> Items { get; } = Enum.GetValues<TrayItem>();

    public static string Label(TrayItem item) => item switch
    {
        TrayItem.Status => "Status",
        TrayItem.LogIn => "Log in",
        TrayItem.Renew => "Renew my smartcard",
        TrayItem.ChangePasscode => "Change my passcode",
        TrayItem.Check => "Check this computer",
        TrayItem.LogOut => "Log out",
        TrayItem.Quit => "Quit Identity Agent",
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    /// <summary>Renew is not kept back before its time: its page says from when.</summary>
    public static bool IsEnabled(TrayItem item, TrayState state) => item switch
    {
        TrayItem.LogIn => state is { Connected: true, CardIn: true, LoggedIn: false },
        TrayItem.Renew or TrayItem.ChangePasscode => state is { Connected: true, CardIn: true },
        TrayItem.LogOut => state.LoggedIn,
        _ => true,
    };
}

/// <summary>What can be chosen from the menu.</summary>
public enum TrayItem
{
    /// <summary>Also a click on the icon itself, where the panel tells it.</summary>
    Status,
    LogIn,
    Renew,
    ChangePasscode,
    Check,
    LogOut,
    Quit,
}
