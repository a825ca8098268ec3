using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;

namespace Evercard.Server.Help;

/// <summary>A picture that a journey has taken, inside the assembly.</summary>
/// <param name="Name">Such as "log-in".</param>
/// <param name="Png">The file.</param>
public sealed record GuidePicture(string Name, byte[] Png)
{
    private const string Folder = "pictures/";
    private const int WidthAt = 16;
    private const int HeightAt = 20;
    private static readonly Dictionary<string, GuidePicture> All = Read().ToDictionary(picture => picture.Name, StringComparer.Ordinal);
    private readonly string hash = Convert.ToHexStringLower(SHA256.HashData(Png))[..16];

    /// <summary>In pixels: PNG 11.2.1, header.</summary>
    public int Width => BinaryPrimitives.ReadInt32BigEndian(Png.AsSpan(WidthAt));

    /// <summary>In pixels.</summary>
    public int Height => BinaryPrimitives.ReadInt32BigEndian(Png.AsSpan(HeightAt));

    /// <summary>Changes with the content.</summary>
    public string Href => $"/help/pictures/{Name}.png?v={hash}";

    public static GuidePicture? Find(string name) => All.GetValueOrDefault(name);

    public static void MapGuidePictures(IEndpointRouteBuilder app) => app.MapGet("/help/pictures/{name}.png", Send).AllowAnonymous();

    private static IResult Send(string name, HttpContext context)
    {
        if (Find(name) is not { } picture)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = context.Request.Query["v"] == picture.hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(picture.Png, "image/png");
    }

    private static IEnumerable<GuidePicture> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var png = new byte[stream.Length];
            stream.ReadExactly(png);
            yield return new GuidePicture(Path.GetFileNameWithoutExtension(name), png);
        }
    }
}
