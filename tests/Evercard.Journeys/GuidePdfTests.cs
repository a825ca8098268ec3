using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evercard.Journeys.Support;
using Microsoft.Playwright;

namespace Evercard.Journeys;

/// <summary>Guides on paper, printed from the very page that the service shows. `./test --guides` keeps the PDFs; at any other time they are only tried.</summary>
[Collection(Everybody.Name)]
public sealed partial class GuidePdfTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static bool AreKept => Environment.GetEnvironmentVariable("EVERCARD_GUIDES") == "write";

    private static string Folder { get; } = Repository.At("docs", "guides");

    /// <summary>Guides that tell their edition are the ones that can be downloaded.</summary>
    public static TheoryData<string> Printed() =>
        [.. Directory.EnumerateFiles(Folder, "*.md").Where(file => File.ReadLines(file).First() == "---").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task A_guide_is_printed_without_what_leads_elsewhere(string name)
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Folder, name + ".md"));
        await using var anybody = await stage.Enter("guide-on-paper");
        await anybody.Opens($"/help/{name}");
        await anybody.Tab.Meets(Title().Match(source).Groups["text"].Value);
        var page = anybody.Tab.Page;
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var left in (string[])["header", "footer", "main form", ".ev-not-printed"])
        {
            (await page.Locator(left).EvaluateAllAsync<int>("all => all.filter((one) => one.checkVisibility()).length")).ShouldBe(0, left);
        }

        var edition = await page.Locator("h1 + p").InnerTextAsync();
        edition.ShouldContain($"Version {Version().Match(source).Groups["text"].Value}, ");

        // The file is read far from this address, and in places that are no demonstration.
        await page.EvaluateAsync("() => { document.querySelectorAll('main a').forEach((link) => link.removeAttribute('href')); document.querySelector('.ev-banner')?.remove() }");
        var pdf = await page.PdfAsync(new PagePdfOptions
        {
            Format = "A4",
            PreferCSSPageSize = true,
            Tagged = true,
            Outline = true,
            DisplayHeaderFooter = true,
            HeaderTemplate = "<span></span>",
            FooterTemplate = $"""
                <div style="width: 100%; margin: 0 18mm; font: 8pt arial; display: flex; justify-content: space-between">
                  <span>{Title().Match(source).Groups["text"].Value}. {edition}</span><span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span>
                </div>
                """,
        });
        Encoding.ASCII.GetString(pdf.AsSpan(0, 5)).ShouldBe("%PDF-");
        if (AreKept)
        {
            await Keep(name, source, pdf);
        }
    }

    private static async Task Keep(string name, string source, byte[] pdf)
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, name + ".pdf"), pdf);
        var manifest = Path.Combine(Folder, "manifest.json");
        var hashes = File.Exists(manifest)
            ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(await File.ReadAllTextAsync(manifest))!
            : new SortedDictionary<string, string>(StringComparer.Ordinal);
        hashes[name + ".md"] = Hash(Encoding.UTF8.GetBytes(source));
        hashes[name + ".pdf"] = Hash(pdf);
        await File.WriteAllTextAsync(manifest, JsonSerializer.Serialize(hashes, Indented) + "\n");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex("^# (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex("^version: \"(?<text>.+)\"$", RegexOptions.Multiline)]
    private static partial Regex Version();
}
