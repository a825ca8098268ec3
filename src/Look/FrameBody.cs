using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evercard.Look;

/// <summary>The attributes of the body that look.js reads; those without a value are left out.</summary>
[HtmlTargetElement("body", Attributes = "frame")]
public sealed class FrameBody(TimeProvider time) : TagHelper
{
    public PageFrame Frame { get; set; } = new();

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        void Set(string name, string? value)
        {
            if (value is not null)
            {
                output.Attributes.SetAttribute(name, value);
            }
        }

        Set("class", Frame.IsWindow ? "ev-window" : null);
        Set("data-now", Iso(time.GetUtcNow()));
        Set("data-live", Frame.LiveAddress);
        Set("data-refresh", Frame.GoTo is null ? Frame.RefreshSeconds?.ToString(CultureInfo.InvariantCulture) : null);
        if (Frame.WarnsBeforeItEnds)
        {
            Set("data-ends-at", Iso(Frame.EndsAt!.Value));
            Set("data-extend", Frame.ExtendAction);
            Set("data-extend-token", Frame.ExtendToken);
        }
    }

    internal static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
