namespace Evercard.Agent.Tray.Linux;

/// <summary>The menu as GTK draws it. Its first line is the tooltip: many panels show none of their own. On GTK's thread alone.</summary>
internal sealed class GtkMenu
{
    private readonly nint tooltip = Gtk.NewMenuItem("Identity Agent");
    private readonly Dictionary<nint, TrayItem> items = [];

    /// <param name="activate">GTK's handler of the signal "activate": the item's pointer, and 0.</param>
    public unsafe GtkMenu(delegate* unmanaged[Cdecl]<nint, nint, void> activate)
    {
        Pointer = Gtk.Hold(Gtk.NewMenu());
        Gtk.SetEnabled(tooltip, 0);
        Gtk.Append(Pointer, tooltip);
        Gtk.Append(Pointer, Gtk.NewSeparator());
        foreach (var item in TrayMenu.Items)
        {
            var widget = Gtk.NewMenuItem(TrayMenu.Label(item));
            Gtk.Connect(widget, "activate", activate, 0, 0, 0);
            Gtk.Append(Pointer, widget);
            items.Add(widget, item);
        }

        Gtk.ShowAll(Pointer);
    }

    public nint Pointer { get; }

    public TrayItem ItemOf(nint widget) => items[widget];

    public void Show(TrayState state)
    {
        Gtk.SetLabel(tooltip, TrayTooltip.Of(state));
        foreach (var (widget, item) in items)
        {
            Gtk.SetEnabled(widget, TrayMenu.IsEnabled(item, state) ? 1 : 0);
        }
    }

    public void Destroy()
    {
        Gtk.Destroy(Pointer);
        Gtk.Release(Pointer);
    }
}
