using System.Security.Claims;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Computers;
using Evercard.Server.Roles;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Evercard.Server.Browsers;

/// <summary>
/// Who a browser is. The cookie holds the number of a joined browser and the time of its last page; what it may do stands in the registry
/// and is read at every request, so that a card that is taken out ends every browser at once.
/// </summary>
internal static class BrowserAuthentication
{
    /// <summary>Without a page for so long, the browser is logged out. People are warned two minutes before, and can stay.</summary>
    public static readonly TimeSpan IdleAtMost = TimeSpan.FromMinutes(30);

    private const string BrowserSessionClaim = "browser-session";
    private static readonly object Found = new();

    public static void AddBrowserAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<PageKeys>();
        services.AddDataProtection().SetApplicationName("Evercard");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<PageKeys>()));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = BrowserCookies.Session;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.IsEssential = true;
            options.ExpireTimeSpan = IdleAtMost;
            options.SlidingExpiration = true;
            options.Events.OnValidatePrincipal = Look;
            options.Events.OnRedirectToLogin = SendToLogIn;
            options.Events.OnRedirectToAccessDenied = SayWhyNot;

            // A page that somebody opens counts as activity; what a page fetches by itself does not.
            options.Events.OnCheckSlidingExpiration = context =>
            {
                context.ShouldRenew = context.HttpContext.Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate";
                return Task.CompletedTask;
            };
        });
        var authorisation = services.AddAuthorizationBuilder();
        foreach (var permission in RolePermissions.All)
        {
            authorisation.AddPolicy(permission.Name(), policy => policy.RequireAssertion(context => (context.Resource as HttpContext)?.May(permission) == true));
        }

        authorisation
            .AddPolicy(Permission.JoinedBrowser, policy => policy.RequireAuthenticatedUser())
            .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAssertion(LeadsNowhere).Build());
    }

    /// <summary>A route that names no permission is closed; an address without a route is simply not found.</summary>
    private static bool LeadsNowhere(Microsoft.AspNetCore.Authorization.AuthorizationHandlerContext context) =>
        (context.Resource as HttpContext)?.GetEndpoint() is null;

    /// <summary>Gives the browser its cookie: a new one at each join and each log-in.</summary>
    public static Task SignIn(this HttpContext context, BrowserSession browser) => context.SignInAsync(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(BrowserSessionClaim, browser.Id)], CookieAuthenticationDefaults.AuthenticationScheme)),
        new AuthenticationProperties { IsPersistent = false });

    /// <summary>The number of the joined browser; null where it is none.</summary>
    public static string? BrowserSessionId(this HttpContext context) => context.User.FindFirstValue(BrowserSessionClaim);

    /// <summary>Who is, or was, logged in with this browser; null where nobody.</summary>
    public static SignedIn? SignedIn(this HttpContext context) => context.Items.TryGetValue(Found, out var found) ? (SignedIn?)found : null;

    /// <summary>The same on a page that only who is logged in can reach.</summary>
    public static SignedIn RequiredSignedIn(this HttpContext context) =>
        context.SignedIn() ?? throw new InvalidOperationException("This page is for people who are logged in.");

    private static async Task Look(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal?.FindFirstValue(BrowserSessionClaim) is not { } id)
        {
            context.RejectPrincipal();
            return;
        }

        context.HttpContext.Items[Found] = await Browsers.SignedIn.Find(
            services.GetRequiredService<Database>(), id, services.GetRequiredService<LifecycleOptions>(), services.GetRequiredService<TimeProvider>().GetUtcNow(),
            context.HttpContext.RequestAborted);
    }

    /// <summary>Whoever is logged in, and may not go there with the present role, reads why; anybody else is sent to a log-in.</summary>
    private static Task SayWhyNot(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.SignedIn() is not { IsLive: true })
        {
            return SendToLogIn(context);
        }

        MissingPermission.Note(context.HttpContext);
        return Task.CompletedTask;
    }

    /// <summary>Never a blank page: whoever was logged in reads why it is over; whoever was not is led to a log-in, and back here.</summary>
    private static Task SendToLogIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var wanted = HttpMethods.IsGet(request.Method) ? request.PathBase + request.Path + request.QueryString : "/";
        var page = context.HttpContext.SignedIn() is null ? "/log-in" : "/logged-out";
        if (request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            context.Response.Redirect($"{page}?return={Uri.EscapeDataString(wanted)}");
        }

        return Task.CompletedTask;
    }
}
