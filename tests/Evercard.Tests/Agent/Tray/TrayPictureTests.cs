using System.Buffers.Binary;
using System.IO.Compression;
using Evercard.Agent.Tray;
using Evercard.Agent.Tray.Drawing;

namespace Evercard.Tests.Agent.Tray;

public sealed class TrayPictureTests
{
    private const int SmallestPanel = 16;

    public static TheoryData<TrayShape> Shapes() => [.. Enum.GetValues<TrayShape>()];

    public static TheoryData<TrayShape, TrayShape> Pairs()
    {
        var pairs = new TheoryData<TrayShape, TrayShape>();
        foreach (var (one, other) in Enum.GetValues<TrayShape>().SelectMany(one => Enum.GetValues<TrayShape>().Where(other => other > one).Select(other => (one, other))))
        {
            pairs.Add(one, other);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_shapes_are_told_apart_without_their_colours(TrayShape one, TrayShape other)
    {
        // The least of them, empty card and card, differ in what the outline holds.
        var (first, second) = (Silhouette(one, SmallestPanel), Silhouette(other, SmallestPanel));
        first.Zip(second).Count(pair => pair.First != pair.Second).ShouldBeGreaterThan(SmallestPanel * SmallestPanel / 8);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_has_colour_enough_against_light_and_dark_panels(TrayShape shape)
    {
        var (red, green, blue) = TrayPicture.Colour(shape);
        var luminance = Luminance(red, green, blue);
        (1.05 / (luminance + 0.05)).ShouldBeGreaterThan(3);
        ((luminance + 0.05) / (Luminance(0x20, 0x20, 0x20) + 0.05)).ShouldBeGreaterThan(3);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_fills_its_place_and_leaves_the_corners_free(TrayShape shape)
    {
        var alpha = Alpha(TrayPicture.Pixels(shape, 22));
        alpha.Count(a => a > 127).ShouldBeInRange(22 * 22 / 6, 22 * 22 * 3 / 4);
        new[] { alpha[0], alpha[21] }.ShouldAllBe(corner => corner < 128);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(22)]
    [InlineData(48)]
    public void The_PNG_holds_the_pixels_that_were_drawn(int size)
    {
        var (width, height, rgba) = Decode(TrayPicture.Png(TrayShape.LoggedIn, size));
        (width, height).ShouldBe((size, size));
        rgba.ShouldBe(TrayPicture.Pixels(TrayShape.LoggedIn, size));
    }

    private static bool[] Silhouette(TrayShape shape, int size) => [.. Alpha(TrayPicture.Pixels(shape, size)).Select(a => a > 127)];

    private static byte[] Alpha(byte[] rgba) => [.. rgba.Where((_, i) => i % 4 == 3)];

    private static double Luminance(params byte[] rgb)
    {
        var linear = rgb.Select(c => c / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    /// <summary>Reads chunks with their check sums, as a decoder does.</summary>
    private static (int Width, int Height, byte[] Rgba) Decode(byte[] png)
    {
        png[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var chunks = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var checkedPart = png.AsSpan(at + 4, length + 4);
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)).ShouldBe(Crc(checkedPart));
            chunks.Add(System.Text.Encoding.ASCII.GetString(checkedPart[..4]), checkedPart[4..].ToArray());
            at += 12 + length;
        }

        chunks.Keys.ShouldBe(["IHDR", "IDAT", "IEND"]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]), BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4)));
        chunks["IHDR"][8..].ShouldBe([8, 6, 0, 0, 0]);
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress))
        {
            zlib.CopyTo(unpacked);
        }

        var rows = unpacked.ToArray().Chunk((width * 4) + 1).ToList();
        rows.ShouldAllBe(row => row[0] == 0);
        return (width, height, [.. rows.SelectMany(row => row.Skip(1))]);
    }

    /// <summary>CRC-32 by long division of polynomials over GF(2), highest power first: slower than the writer's, and another way.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        ulong rest = 0;
        var bits = new List<bool>();
        foreach (var value in bytes)
        {
            bits.AddRange(Enumerable.Range(0, 8).Select(bit => (value >> bit & 1) == 1));
        }

        bits.AddRange(Enumerable.Repeat(false, 32));
        for (var i = 0; i < bits.Count; i++)
        {
            rest = (rest << 1) | (bits[i] ^ (i < 32) ? 1UL : 0);
            rest ^= rest >> 32 == 1 ? 0x1_04C1_1DB7UL : 0;
        }

        return ~(uint)Enumerable.Range(0, 32).Sum(bit => (rest >> bit & 1) == 1 ? 1L << (31 - bit) : 0);
    }
}
