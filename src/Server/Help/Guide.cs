using System.Reflection;

namespace Evercard.Server.Help;

/// <summary>A guide of docs/guides, as a page of the service.</summary>
/// <param name="Name">In its address, such as "renew-your-smartcard".</param>
/// <param name="Title">Its heading.</param>
/// <param name="Html">The whole content, heading included.</param>
/// <param name="Text">The same without marks, for the search.</param>
/// <param name="Edition">Which edition it is; null where its source tells none.</param>
public sealed record Guide(string Name, string Title, string Html, string Text, GuideEdition? Edition = null)
{
    private const string Folder = "guides/";

    /// <summary>In the order in which people need them.</summary>
    public static IReadOnlyList<Guide> All { get; } = [.. Names().Order(StringComparer.Ordinal).Select(Read)];

    public string Href => AddressOf(Name);

    public static string AddressOf(string name) => $"/help/{name}";

    public static Guide? Find(string name) => All.FirstOrDefault(guide => guide.Name == name);

    private static IEnumerable<string> Names() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal));

    private static Guide Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        var (edition, markdown) = GuideEdition.Read(reader.ReadToEnd());
        var (title, html, text) = GuideMarkdown.Render(markdown, GuidePicture.Find, edition);
        return new Guide(Path.GetFileNameWithoutExtension(resource[Folder.Length..]), title, html, text, edition);
    }
}
