using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evercard.Look;

/// <summary>
/// &lt;field-error field="passcode" /&gt; above the field with that id: the error of the field, with id "passcode-error" for aria-describedby.
/// Draws nothing while there is none.
/// </summary>
[HtmlTargetElement("field-error", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldErrorText : TagHelper
{
    public string Field { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (PageErrors.Of(ViewContext.ViewData).FirstOrDefault(error => error.FieldId == Field) is not { } error)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "nhsuk-error-message");
        output.Attributes.SetAttribute("id", Field + "-error");
        output.Content.SetHtmlContent("<span class=\"nhsuk-u-visually-hidden\">Error:</span> ").Append(error.Text);
    }
}
