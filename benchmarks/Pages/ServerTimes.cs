using System.Diagnostics;
using System.Net;
using Evercard.Bench.Figures;

namespace Evercard.Bench.Pages;

/// <summary>How long the server takes for a page, seen from this computer over a connection that is open already.</summary>
/// <param name="service">Address without a slash at the end.</param>
/// <param name="warmUps">Requests before those that count.</param>
/// <param name="requests">Those that count, one after another.</param>
internal sealed class ServerTimes(string service, int warmUps, int requests) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <returns>Milliseconds from the request to the last byte of the page.</returns>
    /// <exception cref="InvalidOperationException">It was not the page that came.</exception>
    public async Task<Sample> Of(PageAddress page, string cookies, CancellationToken cancellation)
    {
        for (var i = 0; i < warmUps; i++)
        {
            await Get(page, cookies, cancellation);
        }

        var taken = new List<double>();
        for (var i = 0; i < requests; i++)
        {
            taken.Add(await Get(page, cookies, cancellation));
        }

        return new Sample(taken);
    }

    public void Dispose() => client.Dispose();

    private async Task<double> Get(PageAddress page, string cookies, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, service + page.Path);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Encoding", "gzip, br");
        request.Headers.Add("Sec-Fetch-Site", "none");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        if (page.NeedsLogIn)
        {
            request.Headers.Add("Cookie", cookies);
        }

        var since = Stopwatch.GetTimestamp();
        using var answer = await client.SendAsync(request, cancellation);
        await answer.Content.ReadAsByteArrayAsync(cancellation);
        var taken = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK ? taken
            : throw new InvalidOperationException($"{page.Path} was answered with {answer.StatusCode} {answer.Headers.Location}");
    }
}
