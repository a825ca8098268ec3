using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Look;

/// <summary>One of the common views as a page of its own, for endpoints and error handling that are not Razor Pages.</summary>
public sealed class WholeView : IResult
{
    private readonly string view;
    private readonly string title;
    private readonly object model;
    private readonly int statusCode;

    private WholeView(string view, string title, object model, int statusCode) =>
        (this.view, this.title, this.model, this.statusCode) = (view, title, model, statusCode);

    public static WholeView Of(RefusalView refusal, int statusCode) => new("/Look/_Refusal.cshtml", refusal.Title, refusal, statusCode);

    public static WholeView Of(PanelView panel) => new("/Look/_Panel.cshtml", panel.Title, panel, StatusCodes.Status200OK);

    public static WholeView Of(StepList steps, string heading) =>
        new("/Look/_Steps.cshtml", heading, steps with { Heading = heading }, StatusCodes.Status200OK);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var page = services.GetRequiredService<IRazorViewEngine>().GetPage(null!, view).Page
            ?? throw new InvalidOperationException($"The view {view} is not there: AddLook was not called.");
        page.Layout = "/Look/_Layout.cshtml";
        var razor = ActivatorUtilities.CreateInstance<RazorView>(services, page, (IReadOnlyList<IRazorPage>)[]);
        var data = new ViewDataDictionary(services.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
        {
            Model = model,
            ["Title"] = title,
        };

        httpContext.Response.StatusCode = statusCode;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await using var writer = new StringWriter();
        var action = new ActionContext(httpContext, httpContext.GetRouteData(), new ActionDescriptor());
        await razor.RenderAsync(new ViewContext(
            action, razor, data, services.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(httpContext), writer, new HtmlHelperOptions()));
        await httpContext.Response.WriteAsync(writer.ToString(), httpContext.RequestAborted);
    }
}
