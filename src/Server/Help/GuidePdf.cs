using System.Reflection;
using System.Security.Cryptography;

namespace Evercard.Server.Help;

/// <summary>A guide as it was printed from its own page, inside the assembly. `./test --guides` prints it.</summary>
/// <param name="Name">Of the guide.</param>
/// <param name="Pdf">The file.</param>
public sealed record GuidePdf(string Name, byte[] Pdf)
{
    private const string Folder = "pdfs/";
    private static readonly Dictionary<string, GuidePdf> All = Read().ToDictionary(pdf => pdf.Name, StringComparer.Ordinal);
    private readonly string hash = Convert.ToHexStringLower(SHA256.HashData(Pdf))[..16];

    /// <summary>Changes with the content.</summary>
    public string Href => $"/help/{Name}.pdf?v={hash}";

    /// <returns>Null where the guide has not been printed.</returns>
    public static GuidePdf? Find(string name) => All.GetValueOrDefault(name);

    public static void MapGuidePdfs(IEndpointRouteBuilder app) => app.MapGet("/help/{name}.pdf", Send).AllowAnonymous();

    private static IResult Send(string name, HttpContext context)
    {
        if (Find(name) is not { } pdf)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = context.Request.Query["v"] == pdf.hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(pdf.Pdf, "application/pdf");
    }

    private static IEnumerable<GuidePdf> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var pdf = new byte[stream.Length];
            stream.ReadExactly(pdf);
            yield return new GuidePdf(Path.GetFileNameWithoutExtension(name), pdf);
        }
    }
}
