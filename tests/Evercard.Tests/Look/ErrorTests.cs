using System.Text.Encodings.Web;
using Evercard.Look;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Evercard.Tests.Look;

public sealed class ErrorTests
{
    private readonly ViewDataDictionary data = new(new EmptyModelMetadataProvider(), new ModelStateDictionary());

    [Fact]
    public void Errors_are_those_that_the_page_lists()
    {
        data.ModelState.AddModelError("Other", "Not this one");
        data["Errors"] = new[] { new FieldError("passcode", "Enter your passcode") };
        PageErrors.Of(data).ShouldBe([new FieldError("passcode", "Enter your passcode")]);
    }

    [Fact]
    public void Errors_of_the_model_state_lead_to_the_ids_that_the_framework_gives_fields()
    {
        data.ModelState.AddModelError("Input.Mobile", "Enter a mobile number");
        data.ModelState.AddModelError("", "Nothing was sent");
        PageErrors.Of(data).ShouldBe([new("Input_Mobile", "Enter a mobile number"), new("", "Nothing was sent")], ignoreOrder: true);
    }

    [Fact]
    public void The_title_of_a_page_with_errors_begins_with_the_word()
    {
        var frame = new PageFrame { ServiceName = "Identity Agent" };
        frame.TitleOf("Log in", hasErrors: true).ShouldBe("Error: Log in – Identity Agent");
        frame.TitleOf("Log in", hasErrors: false).ShouldBe("Log in – Identity Agent");
        frame.TitleOf(null, hasErrors: false).ShouldBe("Identity Agent");
    }

    [Fact]
    public void The_summary_links_to_each_field_and_encodes_what_people_wrote()
    {
        data["Errors"] = new[] { new FieldError("passcode", "That passcode is <not> right"), new FieldError("", "Nothing was sent") };
        var html = Drawn(new ErrorSummary { ViewContext = new ViewContext { ViewData = data } });
        html.ShouldContain("There is a problem");
        html.ShouldContain("<li><a href=\"#passcode\">That passcode is &lt;not&gt; right</a></li>");
        html.ShouldContain("<li><span>Nothing was sent</span></li>");
    }

    [Fact]
    public void The_error_of_a_field_stands_at_the_field()
    {
        data["Errors"] = new[] { new FieldError("passcode", "Enter your passcode") };
        Drawn(new FieldErrorText { Field = "passcode", ViewContext = new ViewContext { ViewData = data } })
            .ShouldBe("<span class=\"nhsuk-error-message\" id=\"passcode-error\"><span class=\"nhsuk-u-visually-hidden\">Error:</span> Enter your passcode</span>");
    }

    [Fact]
    public void Without_errors_nothing_is_drawn()
    {
        Drawn(new ErrorSummary { ViewContext = new ViewContext { ViewData = data } }).ShouldBeEmpty();
        Drawn(new FieldErrorText { Field = "passcode", ViewContext = new ViewContext { ViewData = data } }).ShouldBeEmpty();
    }

    private static string Drawn(TagHelper helper)
    {
        var output = new TagHelperOutput("x", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        helper.Process(new TagHelperContext([], new Dictionary<object, object>(), "x"), output);
        using var writer = new StringWriter();
        output.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
