using Evercard.Agent.Tray;
using Evercard.Agent.Tray.Drawing;
using Evercard.Interop.Support;

namespace Evercard.Interop.Tray;

/// <summary>The icon in a tray that others wrote, on a screen. The pictures are kept in artifacts/tray.</summary>
public sealed class TrayIconTests : IDisposable
{
    private readonly Screen screen = new();
    private readonly RunningWitness tray;

    public TrayIconTests() =>
        tray = Witness.Start("env", [$"DISPLAY={screen.Display}", "trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "24"]);

    [Fact]
    public async Task Each_state_is_seen_in_its_own_shape_and_colour_and_none_once_it_is_taken_away()
    {
        using var icon = new ShownIcon(screen.Display);
        foreach (var (state, shape) in new[]
            {
                ("no-card", TrayShape.NoCard), ("card-in", TrayShape.CardIn), ("logged-in", TrayShape.LoggedIn),
                ("expiring", TrayShape.Expiring), ("problem", TrayShape.Problem),
            })
        {
            (await icon.Say(state)).ShouldBe("ok with icon");
            screen.Look(state, picture => Enum.GetValues<TrayShape>().All(one => Shows(picture, one) == (one == shape)));
        }

        await icon.Say("stop");
        screen.Look("taken-away", picture => !Enum.GetValues<TrayShape>().Any(one => Shows(picture, one)));
        await icon.Say("start");
        await icon.Say("expiring");
        screen.Look("started-again", picture => Shows(picture, TrayShape.Expiring));
        (await icon.End()).ShouldBe(0);
    }

    [Fact]
    public async Task A_tray_that_comes_later_shows_the_icon()
    {
        tray.Dispose();
        using var icon = new ShownIcon(screen.Display);
        (await icon.Say("logged-in")).ShouldBe("ok with icon");
        using var later = Witness.Start("env", [$"DISPLAY={screen.Display}", "trayer"]);
        screen.Look("tray-came-later", picture => Shows(picture, TrayShape.LoggedIn));
        (await icon.End()).ShouldBe(0);
    }

    [Fact]
    public async Task The_process_outlives_its_display()
    {
        using var icon = new ShownIcon(screen.Display);
        await icon.Say("problem");
        screen.Look("before-the-display-went", picture => Shows(picture, TrayShape.Problem));
        screen.End();
        (await icon.Say("no-card")).ShouldStartWith("ok");
        (await icon.End()).ShouldBe(0);
    }

    [Fact]
    public async Task A_display_that_is_not_there_means_no_icon_and_nothing_worse()
    {
        screen.End();
        using var icon = new ShownIcon(screen.Display);
        (await icon.Say("no-card")).ShouldBe("ok without icon");
        (await icon.End()).ShouldBe(0);
    }

    public void Dispose()
    {
        tray.Dispose();
        screen.Dispose();
    }

    /// <summary>More than 40 of the picture's pixels have the colour of this shape: even the thinnest has more at 24 by 24.</summary>
    private static bool Shows(byte[] picture, TrayShape shape)
    {
        var colour = TrayPicture.Colour(shape);
        return Enumerable.Range(0, picture.Length / 4).Select(i => i * 4)
            .Count(at => Near(picture[at], colour.Red) && Near(picture[at + 1], colour.Green) && Near(picture[at + 2], colour.Blue)) > 40;
    }

    private static bool Near(byte one, byte other) => Math.Abs(one - other) < 8;
}
