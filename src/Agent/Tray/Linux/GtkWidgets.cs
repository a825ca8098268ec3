using System.Runtime.InteropServices;

namespace Evercard.Agent.Tray.Linux;

/// <summary>
/// The icon as the panel of this desktop takes it: by StatusNotifier where one listens, else as a window of its own in the
/// tray (XEmbed). Panels come and go while people log in, so both stand ready. On GTK's thread alone.
/// </summary>
internal sealed class GtkWidgets
{
    /// <summary>Panels that speak StatusNotifier scale it themselves.</summary>
    private const int IndicatorSize = 48;

    private readonly PictureFiles pictures;
    private readonly GtkMenu menu;
    private readonly nint statusIcon = Gtk.NewStatusIcon();
    private readonly bool hasAyatana = NativeLibrary.TryLoad(Ayatana.File, out _);
    private nint indicator;
    private bool listened;
    private int size = 22;
    private TrayState? shown;

    public GtkWidgets(PictureFiles pictures, GtkMenu menu)
    {
        (this.pictures, this.menu) = (pictures, menu);
        Gtk.SetVisible(statusIcon, 0);
    }

    /// <summary>For its signals.</summary>
    public nint StatusIcon => statusIcon;

    public void Show(TrayState state)
    {
        shown = state;
        menu.Show(state);
        Draw();
    }

    /// <summary>The tray wants another size, in pixels.</summary>
    public void Resize(int pixels)
    {
        size = Math.Clamp(pixels, 8, 256);
        Draw();
    }

    /// <summary>A panel that speaks StatusNotifier is there, or is no longer.</summary>
    public void Listen(bool isThere)
    {
        listened = isThere && hasAyatana;
        Draw();
    }

    public void PopUpMenu() => Gtk.PopUp(menu.Pointer, 0);

    public void Destroy()
    {
        if (indicator != 0)
        {
            Gtk.Release(indicator);
        }

        Gtk.SetVisible(statusIcon, 0);
        Gtk.Release(statusIcon);
        menu.Destroy();
        Gtk.Flush(Gtk.Display()); // The loop, which would do it, has ended.
    }

    private void Draw()
    {
        if (shown is not { } state)
        {
            return;
        }

        var tooltip = TrayTooltip.Of(state);
        if (listened)
        {
            Gtk.SetVisible(statusIcon, 0);
            DrawIndicator(pictures.PathOf(state.Shape, IndicatorSize), tooltip);
            return;
        }

        if (indicator != 0)
        {
            Ayatana.SetStatus(indicator, Ayatana.Passive);
        }

        Gtk.SetPicture(statusIcon, pictures.PathOf(state.Shape, size));
        Gtk.SetTitle(statusIcon, tooltip);
        Gtk.SetTooltip(statusIcon, tooltip);
        Gtk.SetVisible(statusIcon, 1);
    }

    private void DrawIndicator(string picture, string tooltip)
    {
        if (indicator == 0)
        {
            indicator = Ayatana.New("evercard-identity-agent", picture, Ayatana.ApplicationStatus);
            Ayatana.SetMenu(indicator, menu.Pointer);
        }

        Ayatana.SetPicture(indicator, picture, tooltip);
        Ayatana.SetTitle(indicator, tooltip);
        Ayatana.SetStatus(indicator, Ayatana.Active);
    }
}
