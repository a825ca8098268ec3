namespace Evercard.Agent.Tray.Drawing;

/// <summary>The silhouettes, each told from the others without its colour. Coordinates run from 0 to 1, y downwards.</summary>
internal static class TrayGlyph
{
    /// <summary>Whether this point belongs to the shape.</summary>
    public static bool Covers(TrayShape shape, double x, double y) => shape switch
    {
        // An empty place for a card, a card with its chip, a disc with a tick, an hourglass, a triangle with an exclamation mark.
        TrayShape.NoCard => Card(x, y, 0) && !Card(x, y, 0.12),
        TrayShape.CardIn => Card(x, y, 0) && !(x is > 0.17 and < 0.43 && y is > 0.34 and < 0.54) && !(x is > 0.17 and < 0.83 && y is > 0.64 and < 0.73),
        TrayShape.LoggedIn => double.Hypot(x - 0.5, y - 0.5) < 0.47 && !Stroke(x, y, 0.27, 0.52, 0.44, 0.69) && !Stroke(x, y, 0.44, 0.69, 0.73, 0.34),
        TrayShape.Expiring => Hourglass(x, y),
        TrayShape.Problem => Triangle(x, y) && !Stroke(x, y, 0.5, 0.36, 0.5, 0.61) && double.Hypot(x - 0.5, y - 0.79) > 0.07,
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    /// <summary>A smartcard that lies, smaller by an inset.</summary>
    private static bool Card(double x, double y, double inset)
    {
        var radius = Math.Max(0.1 - inset, 0.02);
        var (acrossCorner, downCorner) = (Math.Abs(x - 0.5) - (0.48 - inset - radius), Math.Abs(y - 0.5) - (0.34 - inset - radius));
        return double.Hypot(Math.Max(acrossCorner, 0), Math.Max(downCorner, 0)) < radius;
    }

    private static bool Hourglass(double x, double y)
    {
        var (across, down) = (Math.Abs(x - 0.5), Math.Abs(y - 0.5));
        return down < 0.48 && across < (down > 0.37 ? 0.38 : 0.06 + (0.65 * down));
    }

    private static bool Triangle(double x, double y) => y is > 0.04 and < 0.95 && Math.Abs(x - 0.5) < 0.03 + (0.51 * (y - 0.04));

    /// <summary>A line with round ends.</summary>
    private static bool Stroke(double x, double y, double fromX, double fromY, double toX, double toY)
    {
        var (alongX, alongY) = (toX - fromX, toY - fromY);
        var along = Math.Clamp((((x - fromX) * alongX) + ((y - fromY) * alongY)) / ((alongX * alongX) + (alongY * alongY)), 0, 1);
        return double.Hypot(x - fromX - (along * alongX), y - fromY - (along * alongY)) < 0.065;
    }
}
