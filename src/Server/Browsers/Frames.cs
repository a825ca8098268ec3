using System.Text.Encodings.Web;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Roles;
using Evercard.Look;
using Evercard.Registry.Computers;
using Evercard.Server.Notices;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evercard.Server.Browsers;

/// <summary>What stands around every page: the service, who is logged in, help in the same place, the end of the session.</summary>
internal sealed class Frames(
    PageFrame frame, ServerOptions options, LifecycleOptions lifecycle, IAntiforgery antiforgery, NoticeBoard notices, TimeProvider time) : IAsyncPageFilter
{
    /// <summary>Those with a permission are there for whoever has it.</summary>
    private static readonly (string Text, string Href, RolePermission? For)[] Entries =
    [
        ("Manage Smartcard", "/manage", RolePermission.ManageSmartcard), ("Computers", "/computers", RolePermission.ApproveComputers), ("Dashboard", "/", null),
        ("Renew your smartcard", "/renew", null), ("Change your passcode", "/passcode", null), ("Check this computer", "/check", null),
    ];

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Fill(context.HttpContext);
        frame.Notices = await notices.For(context.HttpContext.SignedIn() is { IsLive: true });
        if (context.HandlerMethod is null && !IsToBeDrawnAnyway(context.HttpContext))
        {
            // Otherwise a page that takes no form would be drawn with nothing in it.
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }

        await next();
    }

    /// <summary>Some pages need nothing to be shown; and the page of a problem is shown whatever was asked for.</summary>
    private static bool IsToBeDrawnAnyway(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
        || http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;

    /// <summary>The pages of one card belong to Manage Smartcard.</summary>
    private static bool IsCurrent(string href, PathString path) => href == path || (href == "/manage" && path.StartsWithSegments(href, StringComparison.Ordinal));

    private void Fill(HttpContext http)
    {
        frame.ServiceName = "Care Identity Service";
        frame.Banner = options.Banner;
        frame.Version = typeof(Frames).Assembly.GetName().Version!.ToString(3);
        if (http.SignedIn() is not { IsLive: true } who)
        {
            return;
        }

        var token = antiforgery.GetAndStoreTokens(http);
        frame.Navigation = [.. Entries.Where(e => e.For is not { } wanted || http.May(wanted)).Select(e => new NavigationLink(e.Text, e.Href, IsCurrent(e.Href, http.Request.Path)))];
        frame.SignedInAs = who.Role is { } role ? $"{who.Person.FullName}, {role.RoleName}" : who.Person.FullName;
        frame.LogOutAction = "/log-out";
        frame.LogOutToken = new HtmlString($"<input type=\"hidden\" name=\"{token.FormFieldName}\" value=\"{HtmlEncoder.Default.Encode(token.RequestToken!)}\">");
        if (who.IsSuspended)
        {
            var what = who.Session.SuspendedBecause == Session.SmartcardRemoved ? "Put your smartcard back. It is safe." : "The connection to your computer is lost, and is being tried again.";
            frame.Notice = $"{what} Otherwise you are logged out at {Expiry.TimeInWords(who.Session.SuspendedUntil!.Value, lifecycle.TimeZone)}.";
        }

        var idle = time.GetUtcNow() + BrowserAuthentication.IdleAtMost;
        var last = who.Session.StartedAt + lifecycle.SessionAtMost;
        frame.EndsAt = idle < last ? idle : last;
        frame.ExtendAction = "/session/extend";
        frame.ExtendToken = token.RequestToken;
        frame.LiveAddress = "/session/events";
    }
}
