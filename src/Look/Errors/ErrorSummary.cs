using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evercard.Look;

/// <summary>
/// &lt;error-summary /&gt; before the heading of a page that asks: "There is a problem" with a link to each field.
/// Draws nothing while there is no error.
/// </summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummary : TagHelper
{
    /// <summary>Instead of the page's own errors.</summary>
    public IReadOnlyList<FieldError>? Errors { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = Errors ?? PageErrors.Of(ViewContext.ViewData);
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "nhsuk-error-summary");
        var content = output.Content.SetHtmlContent(
            "<div role=\"alert\"><h2 class=\"nhsuk-error-summary__heading nhsuk-error-summary__title\">There is a problem</h2>"
            + "<div class=\"nhsuk-error-summary__body\"><ul class=\"nhsuk-list nhsuk-error-summary__list\">");
        foreach (var error in errors)
        {
            var item = new TagBuilder("li");
            item.InnerHtml.AppendHtml(Line(error));
            content.AppendHtml(item);
        }

        content.AppendHtml("</ul></div></div>");
    }

    private static TagBuilder Line(FieldError error)
    {
        var line = new TagBuilder(error.FieldId.Length == 0 ? "span" : "a");
        if (error.FieldId.Length > 0)
        {
            line.Attributes["href"] = "#" + error.FieldId;
        }

        line.InnerHtml.Append(error.Text);
        return line;
    }
}
