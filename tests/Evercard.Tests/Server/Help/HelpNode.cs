using System.Text.RegularExpressions;
using Evercard.Server;
using Evercard.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.Help;

/// <summary>A server node to which no computer is linked, and a browser without cookies.</summary>
public sealed class HelpNode : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("evercard-help-").FullName;
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private WebApplication server = null!;

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    /// <summary>Where the database is.</summary>
    public TestDatabase Store { get; private set; } = null!;

    public CollectingLogs Logs { get; } = new();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => server.Services;

    public async Task InitializeAsync()
    {
        Store = TestDatabase.In(folder);
        server = await CareIdentity.Build(new ServerOptions
        {
            Address = "http://127.0.0.1:0",
            Database = Store.ConnectionString,
            Authority = ReadyAuthority.In(folder, key => key),
            Time = Time,
            LogToStandardError = true,
        });
        await server.StartAsync();
        Address = new Uri(server.Urls.Single());
    }

    public async Task<(int Status, string Body)> Get(string path, string? cookie = null, string? userAgent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        request.Headers.Add("Accept", "text/html");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (userAgent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        }

        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What a page shows and links to, between header and footer.</summary>
    public static string Content(string html) => Regex.Match(html, "<main.*</main>", RegexOptions.Singleline).Value;

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
