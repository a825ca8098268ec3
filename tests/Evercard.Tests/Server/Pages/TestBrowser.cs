using System.Net;
using System.Text.RegularExpressions;

namespace Evercard.Tests.Server.Pages;

/// <summary>A browser without pictures: keeps cookies, follows nothing by itself, and sends what browsers send.</summary>
internal sealed partial class TestBrowser : IDisposable
{
    private readonly Uri server;
    private readonly HttpClient http;

    public TestBrowser(Uri server)
    {
        this.server = server;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = server };
        http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public CookieContainer Cookies { get; } = new();

    public string? this[string cookie] => Cookies.GetCookies(server)[cookie]?.Value;

    public Task<HttpResponseMessage> Get(string path) => http.GetAsync(new Uri(server, path));

    /// <returns>The answer's beginning; null where a stream of events is open and has nothing to tell yet.</returns>
    public async Task<HttpResponseMessage?> Begin(string path, TimeSpan? wait = null)
    {
        using var enough = new CancellationTokenSource(wait ?? TimeSpan.FromSeconds(30));
        try
        {
            return await http.GetAsync(new Uri(server, path), HttpCompletionOption.ResponseHeadersRead, enough.Token);
        }
        catch (OperationCanceledException) when (wait is not null)
        {
            return null;
        }
    }

    public async Task<string> Text(string path) => WebUtility.HtmlDecode(await (await Get(path)).Content.ReadAsStringAsync());

    /// <summary>Opens a page and posts its form.</summary>
    public async Task<HttpResponseMessage> Submit(string path, params (string Name, string Value)[] fields)
    {
        var page = await (await Get(path)).Content.ReadAsStringAsync();
        return await Post(path, [.. fields, ("__RequestVerificationToken", TokenIn(page))]);
    }

    /// <summary>Posts to a page that shows no form, with the token of another page.</summary>
    public async Task<HttpResponseMessage> SubmitUnseen(string path, params (string Name, string Value)[] fields)
    {
        var page = await (await Get("/")).Content.ReadAsStringAsync();
        return await Post(path, [.. fields, ("__RequestVerificationToken", Token().Match(page).Groups[1].Value)]);
    }

    public Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) => Send(path, fields, _ => { });

    /// <summary>Posts with other headers than an honest browser's.</summary>
    public Task<HttpResponseMessage> Send(string path, (string Name, string Value)[] fields, Action<HttpRequestMessage> change)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path))
        {
            Content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))),
        };
        request.Headers.Add("Origin", server.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        change(request);
        return http.SendAsync(request);
    }

    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => http.SendAsync(request);

    /// <summary>The token of the first form of a page.</summary>
    public static string TokenIn(string page) => Token().Match(page).Groups[1].Value;

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
