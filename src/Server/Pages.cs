using Evercard.Look;
using Evercard.Server.Attention;
using Evercard.Server.Browsers;
using Evercard.Server.CheckComputer;
using Evercard.Server.Dashboard;
using Evercard.Server.Help;
using Evercard.Server.History;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Evercard.Server.Notices;
using Evercard.Server.AtDesk;
using Evercard.Server.Roles;
using Evercard.Server.SelfRenewal;
using Evercard.Server.ServiceDesk;
using Evercard.Server.Sessions;

namespace Evercard.Server;

/// <summary>What all pages have in common: how they look, who may come, what protects them. Each page stands in the folder of its feature.</summary>
internal static class Pages
{
    private const string AnyAgent = "http://127.0.0.1:*";

    public static void AddPages(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Wakeups>();
        services.AddSingleton<JoinTickets>();
        services.AddSingleton<StartingCookie>();
        services.AddSingleton<AgentCookie>();
        services.AddSingleton<Joining>();
        services.AddSingleton<JoinRequests>();
        services.AddSingleton<AgentPageLinks>();
        services.AddSingleton<TestStrips>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<ArticleAnswers>();
        services.AddSingleton<References>();
        services.AddSingleton<TrailCheck>();
        services.AddSingleton<Histories>();
        services.AddSingleton<HistoryReaders>();
        services.AddSingleton<MissingPermission>();
        services.AddSingleton<Dashboard.WorkCounts>();
        services.AddSingleton<AttentionScope>();
        services.AddSingleton<OfferedServices>();
        services.AddSingleton<Desk>();
        services.AddSingleton<ManageEvents>();
        services.AddProblemDetails();
        services.AddBrowserAuthentication();
        services.AddPageRateLimits();
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = BrowserCookies.Antiforgery;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddLook(typeof(Pages).Assembly)
            .AddRazorPagesOptions(pages => pages.RootDirectory = "/")
            .AddMvcOptions(mvc => mvc.Filters.Add<Frames>());
    }

    public static void UsePages(this WebApplication app, ServerOptions options)
    {
        app.UseExceptionHandler("/problem/500");
        app.UseLook(new LookPolicy { FormTargets = [AnyAgent] });
        if (new Uri(options.Origin ?? options.Address).Scheme == Uri.UriSchemeHttps)
        {
            app.UseHsts();
        }

        // The address may have the port 0, which is known once the server listens.
        app.UseMiddleware<PageGuard>(() => app.Urls.Append(options.Address).Select(url => new Uri(url).Authority));
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWebSockets();
        app.MapRazorPages();
        app.MapSessions();
        app.MapPhotograph();
        app.MapCardholderPhotograph();
        ManageEvents.Map(app);
        app.MapDeskEvents();
        app.MapOldAddress();
        app.MapRenewalEvents();
        GuidePicture.MapGuidePictures(app);
        GuidePdf.MapGuidePdfs(app);
        app.MapCheckEvents();
    }
}
