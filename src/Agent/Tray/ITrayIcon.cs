namespace Evercard.Agent.Tray;

/// <summary>An icon in the task bar; disposing takes it away.</summary>
public interface ITrayIcon : IDisposable
{
    /// <summary>Shows this state from now on. From any thread; returns at once; does nothing once the icon is gone.</summary>
    void Show(TrayState state);
}
