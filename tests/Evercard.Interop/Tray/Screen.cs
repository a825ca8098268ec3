using System.Buffers.Binary;
using System.Diagnostics;
using Evercard.Agent.Tray.Drawing;
using Evercard.Interop.Support;

namespace Evercard.Interop.Tray;

/// <summary>An X server without a screen, whose picture can be looked at; disposing ends it.</summary>
internal sealed class Screen : IDisposable
{
    private const int Width = 480;
    private const int Height = 240;

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("evercard-screen-");
    private readonly RunningWitness server;

    public Screen()
    {
        // It chooses a number that is free, and writes it once it listens.
        var number = Path.Combine(folder.FullName, "number");
        server = Witness.Start("sh", ["-c", $"exec Xvfb -displayfd 3 -nolisten tcp -screen 0 {Width}x{Height}x24 -fbdir '{folder.FullName}' 3>'{number}'"]);
        Display = $":{Wait(() => File.Exists(number) && File.ReadAllText(number) is [.., '\n'] text ? text.Trim() : null)}";
    }

    /// <summary>For the environment variable DISPLAY.</summary>
    public string Display { get; }

    /// <summary>Looks until the picture is as expected, and keeps it as a PNG among the artifacts.</summary>
    /// <exception cref="TimeoutException">It never was.</exception>
    public byte[] Look(string name, Func<byte[], bool> isExpected)
    {
        var seen = Array.Empty<byte>();
        try
        {
            return Wait(() => isExpected(seen = Rgba()) ? seen : null);
        }
        finally
        {
            var kept = Directory.CreateDirectory(Repository.At("artifacts", "tray"));
            File.WriteAllBytes(Path.Combine(kept.FullName, $"{name}.png"), PngImage.Encode(seen, Width));
        }
    }

    /// <summary>The server's fate when a person's session ends.</summary>
    public void End() => server.Dispose();

    public void Dispose()
    {
        End();
        folder.Delete(recursive: true);
    }

    private static T Wait<T>(Func<T?> look) where T : class
    {
        // X tells no stranger when a picture has changed.
        for (var started = Stopwatch.StartNew(); started.Elapsed < AtMost; Thread.Sleep(20))
        {
            if (look() is { } seen)
            {
                return seen;
            }
        }

        throw new TimeoutException("The screen never was as expected.");
    }

    /// <summary>The server keeps its picture in a file, in the format XWD.</summary>
    private byte[] Rgba()
    {
        using var file = new FileStream(Path.Combine(folder.FullName, "Xvfb_screen0"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var xwd = new byte[file.Length];
        file.ReadExactly(xwd);
        int Field(int index) => BinaryPrimitives.ReadInt32BigEndian(xwd.AsSpan(index * 4));
        var (headerSize, bytesPerLine, colours) = (Field(0), Field(12), Field(19));
        var start = headerSize + (colours * 12);
        var rgba = new byte[Width * Height * 4];
        for (var i = 0; i < Width * Height; i++)
        {
            var at = start + (i / Width * bytesPerLine) + (i % Width * 4);
            byte[] pixel = [xwd[at + 2], xwd[at + 1], xwd[at], byte.MaxValue];
            pixel.CopyTo(rgba, i * 4);
        }

        return rgba;
    }
}
