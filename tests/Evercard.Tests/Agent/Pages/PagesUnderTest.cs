using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Evercard.Agent.Pages;
using Evercard.Agent.Pages.Opening;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Tests.Server;

namespace Evercard.Tests.Agent.Pages;

/// <summary>What a raw request was answered.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public string? Location => Regex.Match(Head, @"\r\nLocation: ([^\r]*)", RegexOptions.IgnoreCase) is { Success: true } found ? found.Groups[1].Value : null;

    public string Token => Regex.Match(Body, "name=\"token\" value=\"([^\"]+)\"").Groups[1].Value;

    public string Card => Regex.Match(Body, "name=\"card\" value=\"([^\"]*)\"").Groups[1].Value;

    public string Title => System.Net.WebUtility.HtmlDecode(Regex.Match(Body, "<title>([^<]*)</title>").Groups[1].Value);

    /// <summary>As a person reads it.</summary>
    public string Text => System.Net.WebUtility.HtmlDecode(Regex.Replace(Body, @"\s+", " "));
}

/// <summary>A server with an agent that shows its pages, and a browser of which every byte is written by hand.</summary>
internal sealed class PagesUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly System.Threading.Channels.Channel<Uri> windows = System.Threading.Channels.Channel.CreateUnbounded<Uri>();

    private PagesUnderTest(AgentLinkServer server) => Server = server;

    public AgentLinkServer Server { get; }

    public AgentUnderTest Computer { get; private set; } = null!;

    public AgentConnection Connection { get; private set; } = null!;

    public List<Uri> Browsers { get; } = [];

    public string Host => Computer.Pages!.Address.Authority;

    public string Origin => $"http://{Host}";

    public static async Task<PagesUnderTest> Start(
        bool withCard = true, Func<SeeCard, Message>? greet = null, bool isOwnUser = true, string[]? readers = null)
    {
        var server = await AgentLinkServer.Start();
        server.Requests.Greet = greet ?? (request => new CardGreeting(
            request.RequestId, CardStanding.RenewalDue, "Wren Holloway", "0412 7731", new DateTimeOffset(2027, 1, 29, 23, 59, 59, TimeSpan.Zero), 68));
        var under = new PagesUnderTest(server);
        var options = new AgentPagesOptions
        {
            Port = 0,
            Opener = new PageOpener(uri => under.windows.Writer.TryWrite(uri), under.Browsers.Add),
        };
        options = isOwnUser ? options : options with { IsOwnUser = (_, _) => false };
        under.Computer = await new AgentUnderTest(server.Address, withCard: withCard, readers: readers, pages: options).Connected();
        under.Connection = await server.Requests.NextConnected();
        return under;
    }

    public static LoggedIn Wren(LogIn request, bool renewalOffered = true, int roles = 1, int daysLeft = 68) => new(
        request.RequestId, "s-1", "Wren Holloway", "999000000001", new DateTimeOffset(2027, 1, 29, 23, 59, 59, TimeSpan.Zero), daysLeft, renewalOffered,
        [.. Enumerable.Range(1, roles).Select(i => new RoleOffer($"10000000000{i}", $"Staff nurse, Ward {i}", "Thistledown Hospitals"))], "0412 7731");

    /// <summary>The path of the next window that the agent opens.</summary>
    public async Task<string> NextWindow() => (await windows.Reader.ReadAsync().AsTask().WaitAsync(Patience)).AbsolutePath;

    public bool HasWindow => windows.Reader.Count > 0;

    /// <summary>As a joined browser makes the server ask.</summary>
    public async Task<string> Opened(AgentPage page, string returnPath = "/renewing", bool takeOver = false) =>
        (await Connection.Ask(
            new OpenPage(Guid.NewGuid().ToString("N"), page, AgentUnderTest.Reader, new DateTimeOffset(2026, 11, 22, 8, 4, 0, TimeSpan.Zero), returnPath, takeOver),
            CancellationToken.None)).ShouldBeOfType<PageOpened>().Path;

    public Task<RawAnswer> Get(string path, params string[] headers) => Send($"GET {path} HTTP/1.1", [$"Host: {Host}", .. headers]);

    /// <summary>Logs a browser in, up to the page that follows the passcode.</summary>
    public async Task<string> LoggedIn()
    {
        var window = await NextWindow();
        var page = await Get(window);
        (await Post(window, page, "log-in", $"passcode={AgentUnderTest.Passcode}")).Status.ShouldBe(303);
        return window;
    }

    /// <summary>As the page's own form is sent.</summary>
    public Task<RawAnswer> Post(string path, RawAnswer page, string act, string fields = "") =>
        PostRaw(path, $"token={page.Token}&card={page.Card}&do={act}&{fields}", $"Origin: {Origin}", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");

    public Task<RawAnswer> PostRaw(string path, string body, params string[] headers) => Send(
        $"POST {path} HTTP/1.1",
        [
            .. headers.Any(header => header.StartsWith("Host:", StringComparison.Ordinal)) ? [] : new[] { $"Host: {Host}" },
            .. headers.Any(header => header.StartsWith("Content-Type:", StringComparison.Ordinal)) ? [] : new[] { "Content-Type: application/x-www-form-urlencoded" },
            $"Content-Length: {Encoding.Latin1.GetByteCount(body)}",
            .. headers,
        ],
        body);

    public async Task<RawAnswer> Send(string line, IEnumerable<string> headers, string body = "")
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(Computer.Pages!.Address.Host, Computer.Pages.Address.Port, limit.Token);
        await using var stream = client.GetStream();
        var request = string.Join("\r\n", [line, .. headers, "Connection: close", "", body]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(limit.Token);
        var parts = answer.Split("\r\n\r\n", 2);
        return new RawAnswer(int.Parse(answer.Split(' ')[1]), parts[0], parts[1]);
    }

    /// <summary>Passcode tries of the card itself.</summary>
    public int TriesLeft => Computer.Card.Image.Passcode.TriesLeft;

    public async ValueTask DisposeAsync()
    {
        await Computer.DisposeAsync();
        await Server.DisposeAsync();
    }
}
