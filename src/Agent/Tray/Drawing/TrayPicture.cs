namespace Evercard.Agent.Tray.Drawing;

/// <summary>The icon's pictures.</summary>
public static class TrayPicture
{
    private const int SamplesPerSide = 6;

    /// <summary>Of middle lightness: at least 3 to 1 against a white panel as well as a nearly black one (WCAG 1.4.11).</summary>
    public static (byte Red, byte Green, byte Blue) Colour(TrayShape shape) => shape switch
    {
        TrayShape.NoCard => (0x7F, 0x87, 0x90),
        TrayShape.CardIn => (0x2F, 0x7F, 0xD8),
        TrayShape.LoggedIn => (0x1E, 0x8F, 0x3C),
        TrayShape.Expiring => (0xC8, 0x78, 0x00),
        TrayShape.Problem => (0xD9, 0x2B, 0x20),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    /// <summary>A square PNG on a transparent ground.</summary>
    /// <param name="shape">What it shows.</param>
    /// <param name="size">Pixels of a side.</param>
    public static byte[] Png(TrayShape shape, int size) => PngImage.Encode(Pixels(shape, size), size);

    /// <summary>Rows from the top, four bytes for each pixel: red, green, blue, alpha.</summary>
    public static byte[] Pixels(TrayShape shape, int size)
    {
        var (red, green, blue) = Colour(shape);
        var pixels = new byte[size * size * 4];
        for (var i = 0; i < size * size; i++)
        {
            byte[] pixel = [red, green, blue, Alpha(shape, i % size, i / size, size)];
            pixel.CopyTo(pixels, i * 4);
        }

        return pixels;
    }

    private static byte Alpha(TrayShape shape, int left, int top, int size)
    {
        var covered = 0;
        for (var i = 0; i < SamplesPerSide * SamplesPerSide; i++)
        {
            var (x, y) = (left + (((i % SamplesPerSide) + 0.5) / SamplesPerSide), top + (((i / SamplesPerSide) + 0.5) / SamplesPerSide));
            covered += TrayGlyph.Covers(shape, x / size, y / size) ? 1 : 0;
        }

        return (byte)(covered * byte.MaxValue / (SamplesPerSide * SamplesPerSide));
    }
}
