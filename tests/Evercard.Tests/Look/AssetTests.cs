using System.Text.RegularExpressions;

namespace Evercard.Tests.Look;

/// <summary>What Evercard.Look.dll carries.</summary>
public sealed class AssetTests
{
    private static readonly string Css = Text("look.css");

    [Fact]
    public void The_style_sheet_has_no_licensed_typeface_and_no_logo()
    {
        Css.ShouldContain(".nhsuk-button");
        Css.ShouldContain(".ev-banner");
        Css.ShouldNotContain("@font-face");
        Css.ShouldNotContain("frutiger", Case.Insensitive);
        Css.ShouldNotContain("nhs-logo");
        Css.ShouldNotContain("sourceMappingURL");
    }

    [Fact]
    public void The_style_sheet_loads_nothing()
    {
        Css.ShouldNotContain("@import");
        Regex.Matches(Css, @"url\(([^)]{0,30})").Select(match => match.Groups[1].Value)
            .ShouldAllBe(target => target.StartsWith("\"data:image/svg+xml,", StringComparison.Ordinal));
        Addresses(Uri.UnescapeDataString(Css)).ShouldBe(["http://www.w3.org/2000/svg"]);
    }

    [Fact]
    public void The_script_names_no_other_host_and_makes_no_code_from_text()
    {
        var script = Text("look.js");
        Addresses(script).ShouldBeEmpty();
        foreach (var dangerous in new[] { "innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function" })
        {
            script.ShouldNotContain(dangerous);
        }

        script.Length.ShouldBeLessThan(6 * 1024);
    }

    [Fact]
    public void A_page_costs_less_than_60_kilobytes() =>
        new[] { "look.css.gz", "look.js.gz", "icon.svg.gz" }.Sum(name => Bytes(name).Length).ShouldBeLessThan(60 * 1024);

    [Fact]
    public void The_lock_file_names_no_host() =>
        File.ReadAllText(Path.Combine(House.Repository.Root.FullName, "src", "Look", "package-lock.json")).ShouldNotContain("\"resolved\"");

    private static string[] Addresses(string text) =>
        [.. Regex.Matches(text, @"(https?:)?//[\w.-]+\.\w+[\w./-]*").Select(match => match.Value).Distinct()];

    private static string Text(string name) => System.Text.Encoding.UTF8.GetString(Bytes(name));

    private static byte[] Bytes(string name)
    {
        using var resource = typeof(Evercard.Look.PageFrame).Assembly.GetManifestResourceStream(name).ShouldNotBeNull();
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
