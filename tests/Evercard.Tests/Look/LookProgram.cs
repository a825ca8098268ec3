using Evercard.Look;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Look;

/// <summary>A program on loopback that has nothing but the look, and one page.</summary>
internal sealed class LookProgram : IAsyncDisposable
{
    private readonly WebApplication app;

    private LookProgram(WebApplication app) => this.app = app;

    public HttpClient Browser { get; private set; } = null!;

    public static async Task<LookProgram> StartAsync(IResult page, Action<PageFrame>? frame = null, LookPolicy? policy = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLook(typeof(LookProgram).Assembly, (_, made) =>
        {
            made.ServiceName = "Care Identity Service";
            frame?.Invoke(made);
        });
        var program = new LookProgram(builder.Build());
        program.app.UseLook(policy ?? new LookPolicy());
        program.app.MapGet("/page", () => page);
        program.app.MapGet("/data", () => Results.Json(1));
        await program.app.StartAsync();
        program.Browser = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(program.app.Urls.Single()) };
        return program;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await app.DisposeAsync();
    }
}
