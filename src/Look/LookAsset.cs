using System.Security.Cryptography;

namespace Evercard.Look;

/// <summary>A file inside the assembly, with its compressed forms. <see cref="Href"/> changes with the content.</summary>
internal sealed class LookAsset
{
    public static readonly LookAsset Css = new("look.css", "text/css; charset=utf-8");
    public static readonly LookAsset Js = new("look.js", "text/javascript; charset=utf-8");
    public static readonly LookAsset Icon = new("icon.svg", "image/svg+xml");

    private static readonly LookAsset[] All = [Css, Js, Icon];

    private LookAsset(string name, string contentType)
    {
        ContentType = contentType;
        Bytes = Read(name);
        Brotli = Read(name + ".br");
        Gzip = Read(name + ".gz");
        Hash = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..16];
        Path = "/look/" + name;
    }

    public string ContentType { get; }

    public byte[] Bytes { get; }

    public byte[] Brotli { get; }

    public byte[] Gzip { get; }

    public string Hash { get; }

    public string Path { get; }

    public string Href => $"{Path}?v={Hash}";

    public static LookAsset? At(string? path) => Array.Find(All, asset => asset.Path == path);

    private static byte[] Read(string name)
    {
        using var resource = typeof(LookAsset).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Evercard.Look was built without {name}.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
