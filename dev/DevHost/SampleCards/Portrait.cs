using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Evercard.DevHost.SampleCards;

public enum HairCut
{
    Short,
    Bob,
    Long,
    Bun,
    Curls,
    Bald,
    Beard,
    Scarf,
    Turban,
}

/// <summary>Portraits drawn by code, never faces of people: an SVG of some shapes, without script, style or anything from elsewhere.</summary>
public static class Portrait
{
    public const string MediaType = "image/svg+xml";

    private static readonly string[] Backs = ["#d8e6f3", "#e6e0f0", "#dcefe3", "#f6e7d2", "#f3dfe4", "#dfeef0"];
    private static readonly string[] Skins = ["#f6d7bf", "#eabf9a", "#d49e72", "#b57a4d", "#8a5632", "#643c23"];
    private static readonly string[] Hairs = ["#2b1d16", "#4b2e1e", "#7a4a25", "#b0752f", "#8d8f94", "#5a2d3c"];
    private static readonly string[] Cloths = ["#005eb8", "#007f7a", "#5b4a91", "#3f5a3c", "#8c3b4a", "#44546a", "#b35c00"];

    /// <summary>The same picture for the same person, in UTF-8.</summary>
    public static byte[] Of(string uuid, HairCut cut)
    {
        var draw = SHA256.HashData(Encoding.ASCII.GetBytes(uuid));
        var skin = Skins[draw[0] % Skins.Length];
        var hair = Hairs[draw[1] % Hairs.Length];
        var cloth = Cloths[draw[2] % Cloths.Length];
        var back = Backs[draw[3] % Backs.Length];
        var headWidth = 25 + (draw[4] % 5);
        var svg = new StringBuilder("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 150" width="240" height="300">""")
            .Append(Of("rect", back, "width=\"120\" height=\"150\""))
            .Append(Behind(cut, hair, cloth))
            .Append(Path(cloth, "M12 150c0-32 20-44 48-44s48 12 48 44z"))
            .Append(Path(skin, "M49 88h22v20c0 14-22 14-22 0z"))
            .Append(Collar(draw[5] % 4, cloth))
            .Append(Of("ellipse", skin, $"cx=\"60\" cy=\"66\" rx=\"{headWidth}\" ry=\"33\""))
            .Append(cut is HairCut.Scarf ? string.Empty : Of("circle", skin, $"cx=\"{60 - headWidth}\" cy=\"68\" r=\"5\"") + Of("circle", skin, $"cx=\"{60 + headWidth}\" cy=\"68\" r=\"5\""))
            .Append(InFront(cut, hair, cloth, headWidth))
            .Append(Face(draw[6], draw[7] % 3 == 0))
            .Append("</svg>");
        return Encoding.UTF8.GetBytes(svg.ToString());
    }

    private static string Behind(HairCut cut, string hair, string cloth) => cut switch
    {
        HairCut.Bob => Path(hair, "M28 66c0-50 64-50 64 0v24c0 8-64 8-64 0z"),
        HairCut.Long => Path(hair, "M28 66c0-50 64-50 64 0l6 60H22z"),
        HairCut.Curls => string.Concat(new[] { (30, 50), (30, 72), (90, 50), (90, 72), (44, 34), (76, 34), (60, 30) }.Select(c => Of("circle", hair, $"cx=\"{c.Item1}\" cy=\"{c.Item2}\" r=\"15\""))),
        HairCut.Bun => Of("circle", hair, "cx=\"60\" cy=\"24\" r=\"14\""),
        HairCut.Scarf => Path(cloth, "M24 70c0-56 72-56 72 0l4 48H20z", "0.7"),
        _ => string.Empty,
    };

    private static string InFront(HairCut cut, string hair, string cloth, int width)
    {
        var (left, right) = (60 - width - 1, 60 + width + 1);
        string Cap(int depth) => Path(hair, string.Create(CultureInfo.InvariantCulture, $"M{left} 62C{left} 18 {right} 18 {right} 62C{right - 8} {depth} {left + 14} {depth} {left} 62z"));
        return cut switch
        {
            HairCut.Bald => Path(hair, $"M{left} 66c0-10 2-14 4-16l2 16zM{right} 66c0-10-2-14-4-16l-2 16z"),
            HairCut.Beard => Cap(38) + Path(hair, $"M{left} 70c0 40 18 34 {width + 1} 34s{width + 1} 6 {width + 1}-34c-4 14-10 12-{width + 1} 12s-{width - 3} 2-{width + 1}-12z"),
            HairCut.Scarf => Path(cloth, $"M{left} 66C{left} 16 {right} 16 {right} 66C{right - 4} 38 {left + 4} 38 {left} 66z", "0.85"),
            HairCut.Turban => Path(cloth, $"M{left - 3} 56c-4-44 {(2 * width) + 12}-44 {(2 * width) + 8} 0c-10-14-30-18-{width + 4}-22c0 8-18 10-{width + 4} 22z", "0.9"),
            _ => Cap(cut is HairCut.Short ? 36 : 44),
        };
    }

    private static string Collar(int kind, string cloth) => kind switch
    {
        0 => Path("#ffffff", "M45 106l15 22 15-22-6-3-9 12-9-12z", "0.85"),
        1 => Line("#ffffff", "M44 108q16 22 32 0", 3),
        2 => Path("#ffffff", "M50 104l10 12 10-12v46H50z", "0.8") + Path(cloth, "M57 116h6l3 34H54z"),
        _ => Line("#212b32", "M42 108q2 26 18 28q16-2 18-28", 2) + Of("circle", "#768692", "cx=\"60\" cy=\"137\" r=\"4\""),
    };

    private static string Face(byte draw, bool glasses)
    {
        var eyes = 62 + (draw % 3);
        var smile = 6 + (draw / 3 % 4);
        const string Ink = "#212b32";
        return Of("circle", Ink, $"cx=\"50\" cy=\"{eyes}\" r=\"2.6\"") + Of("circle", Ink, $"cx=\"70\" cy=\"{eyes}\" r=\"2.6\"")
            + Line(Ink, $"M45 {eyes - 8}q5-3 9 0M66 {eyes - 8}q5-3 9 0", 1.6)
            + Line("#9c5a3c", "M60 66q3 7-2 8", 1.5)
            + Line("#8a2f3a", $"M50 82q10 {smile} 20 0", 2.4)
            + (glasses ? $"""<g fill="none" stroke="{Ink}" stroke-width="1.6"><circle cx="50" cy="{eyes}" r="7.5"/><circle cx="70" cy="{eyes}" r="7.5"/><path d="M57.5 {eyes}h5"/></g>""" : string.Empty);
    }

    private static string Of(string shape, string fill, string rest) => $"<{shape} fill=\"{fill}\" {rest}/>";

    private static string Path(string fill, string d, string? opacity = null) =>
        $"<path fill=\"{fill}\" {(opacity is null ? string.Empty : $"fill-opacity=\"{opacity}\" ")}d=\"{d}\"/>";

    private static string Line(string stroke, string d, double width) => string.Create(
        CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\" stroke-linecap=\"round\" d=\"{d}\"/>");
}
