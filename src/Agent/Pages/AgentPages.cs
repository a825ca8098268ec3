using System.Net;
using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Guard;
using Evercard.Agent.Pages.Live;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent.Pages;

/// <summary>The agent's own pages on http://127.0.0.1:PORT, for browsers of the same user on the same computer.</summary>
public sealed class AgentPages : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(1);
    private readonly WebApplication app;
    private readonly AgentDesk desk;
    private readonly IdentityAgent agent;
    private readonly EventHandler? offers;

    private AgentPages(WebApplication app, IdentityAgent agent, AgentPagesOptions options)
    {
        (this.app, this.agent) = (app, agent);
        desk = app.Services.GetRequiredService<AgentDesk>();
        Address = new Uri(app.Urls.Single());
        agent.PagesPort = Address.Port;
        agent.PageAsked = asked => new PageOpened(asked.RequestId, desk.Pages.Open(asked).Path);
        if (options.OpensWindows)
        {
            // Not on the thread that tells of it: programs are started.
            offers = (_, _) => _ = Task.Run(() => desk.OfferWindows(page => new Uri(Address, page.Path)));
            agent.Changed += offers;
        }
    }

    /// <summary>Where the pages are; its root is the status page, which the tray opens.</summary>
    public Uri Address { get; }

    /// <summary>The service's renewal page, for a browser that shall know this agent.</summary>
    public Uri RenewalAddress => desk.RenewalWithLogIn;

    /// <summary>The service's page on which a computer is checked.</summary>
    public Uri CheckAddress => new(desk.CheckLink);

    /// <summary>Listens; to be called before the agent runs, so that its hello tells the port.</summary>
    public static async Task<AgentPages> Start(
        IdentityAgent agent, AgentPagesOptions options, TimeProvider time, ILoggerFactory logging, CancellationToken cancellation)
    {
        try
        {
            return await Start(agent, options, options.Port, time, logging, cancellation);
        }
        catch (IOException) when (options.Port != 0)
        {
            return await Start(agent, options, 0, time, logging, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        agent.Changed -= offers;
        agent.PageAsked = null;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task<AgentPages> Start(
        IdentityAgent agent, AgentPagesOptions options, int port, TimeProvider time, ILoggerFactory logging, CancellationToken cancellation)
    {
        // The content root is the program's own folder: a file in the folder that it was started from configures nothing.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PostedForm.MostBytes;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddSingleton(logging).AddSingleton(time).AddSingleton(agent).AddSingleton(options);
        builder.Services.AddSingleton<OpenedPages>().AddSingleton<AgentDesk>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = GoodbyeWithin);
        builder.Services.AddLook(typeof(AgentPages).Assembly, FillFrame);
        builder.Services.Configure<MvcOptions>(mvc =>
        {
            // Forms are read by PostedForm alone.
            mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();

            // Each page has its own token, and there are no cookies.
            mvc.Filters.Add(new IgnoreAntiforgeryTokenAttribute { Order = 2_000 });
        });
        var built = builder.Build();
        built.UseMiddleware<GuardedRequests>();
        built.UseLook(new LookPolicy { FormTargets = [built.Services.GetRequiredService<AgentDesk>().ServiceOrigin] });
        built.UseExceptionHandler("/refused/failed");
        built.UseStatusCodePagesWithReExecute("/refused/{0}");
        built.UseRouting();
        built.MapRazorPages();
        built.MapChanges();
        try
        {
            await built.StartAsync(cancellation);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }

        return new AgentPages(built, agent, options);
    }

    private static void FillFrame(IServiceProvider services, PageFrame frame)
    {
        var at = services.GetRequiredService<AgentDesk>();
        frame.ServiceName = "Identity Agent";
        frame.HomeHref = "/";
        frame.HelpHref = at.ServiceOrigin + "/help";
        frame.Version = at.Agent.Options.Version;
        frame.Banner = services.GetRequiredService<AgentPagesOptions>().Banner;
        frame.IsWindow = true;
    }
}
