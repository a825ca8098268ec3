using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Evercard.Server.Help;

/// <summary>
/// Makes a page of a guide. The same Markdown is read in the repository, so its links are those of the repository and are turned here:
/// other guides, pictures, refusal codes and the names of pages lead to where the service has them. Raw HTML is shown as text.
/// </summary>
public static class GuideMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoIdentifiers().Build();

    private const string NotPrinted = "ev-not-printed";

    private static readonly Dictionary<string, string> Pages = new(StringComparer.Ordinal)
    {
        ["Check this computer"] = "/check", ["Renew your smartcard"] = "/renew", ["Get help"] = "/help",
    };

    /// <param name="markdown">The guide, without the lines in front of it that tell its edition.</param>
    /// <param name="picture">The picture of this name; null where it has not been taken yet: it is left out then.</param>
    /// <param name="edition">Stands under the title; null where the guide tells none.</param>
    public static (string Title, string Html, string Text) Render(string markdown, Func<string, GuidePicture?> picture, GuideEdition? edition = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.GetAttributes().AddClass(heading.Level switch { 1 => "nhsuk-heading-l", 2 => "nhsuk-heading-m", _ => "nhsuk-heading-s" });
        }

        foreach (var list in document.Descendants<ListBlock>())
        {
            list.GetAttributes().AddClass($"nhsuk-list nhsuk-list--{(list.IsOrdered ? "number" : "bullet")}");
        }

        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Turn(link, picture);
        }

        foreach (var bare in document.Descendants<AutolinkInline>().Where(bare => bare.IsEmail || !IsWeb(bare.Url)).ToList())
        {
            bare.ReplaceBy(new LiteralInline(bare.Url));
        }

        foreach (var code in document.Descendants<CodeInline>().Where(code => code.Parent is not LinkInline).ToList())
        {
            Lead(code, RefusalHelp.Find(code.Content)?.Href);
        }

        foreach (var name in document.Descendants<EmphasisInline>().Where(strong => strong.DelimiterCount == 2).ToList())
        {
            Lead(name, Pages.GetValueOrDefault(TextOf(name)));
        }

        foreach (var empty in document.Descendants<ParagraphBlock>().Where(block => block.Inline?.FirstChild is null).ToList())
        {
            empty.Parent!.Remove(empty);
        }

        var title = document.Descendants<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1)
            ?? throw new FormatException("A guide begins with its title.");
        if (edition is not null)
        {
            var line = new ParagraphBlock { Inline = new ContainerInline().AppendChild(new LiteralInline(edition.InWords)) };
            line.GetAttributes().AddClass("nhsuk-body-s");
            title.Parent!.Insert(title.Parent.IndexOf(title) + 1, line);
        }

        var text = string.Join('\n', document.Descendants<LeafBlock>().Where(block => block.Inline is not null).Select(block => TextOf(block.Inline!)));
        return (TextOf(title.Inline!), document.ToHtml(Pipeline), text);
    }

    private static void Turn(LinkInline link, Func<string, GuidePicture?> picture)
    {
        var address = link.Url ?? "";
        if (link.IsImage)
        {
            if (address.StartsWith("../images/journeys/", StringComparison.Ordinal) && picture(Path.GetFileNameWithoutExtension(address)) is { } found)
            {
                link.Url = found.Href;
                var attributes = link.GetAttributes();
                attributes.AddClass("ev-guide-picture");
                attributes.AddProperty("width", $"{found.Width}");
                attributes.AddProperty("height", $"{found.Height}");
                attributes.AddProperty("loading", "lazy");
            }
            else
            {
                link.Remove();
            }
        }
        else if (!address.Contains('/') && address.EndsWith(".md", StringComparison.Ordinal))
        {
            link.Url = Guide.AddressOf(Path.GetFileNameWithoutExtension(address));
        }
        else if (!address.Contains('/') && address.EndsWith(".pdf", StringComparison.Ordinal))
        {
            // A printed guide needs no link to itself.
            link.GetAttributes().AddClass(NotPrinted);
            link.Url = GuidePdf.Find(Path.GetFileNameWithoutExtension(address))?.Href;
            if (link.Url is null)
            {
                link.Remove();
            }
        }
        else if (!address.StartsWith('#') && !IsWeb(address))
        {
            // Anything else leads nowhere in the service, or is no address but a script.
            link.ReplaceBy(new LiteralInline(TextOf(link)), copyChildren: false);
        }
    }

    private static bool IsWeb(string address) => address.StartsWith("https://", StringComparison.Ordinal);

    private static void Lead(Inline what, string? address)
    {
        if (address is not null)
        {
            var link = new LinkInline(address, "");
            what.ReplaceBy(link, copyChildren: false);
            link.AppendChild(what);
        }
    }

    private static string TextOf(ContainerInline container) => string.Concat(container.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        _ => "",
    }));
}
