using System.Net;
using System.Text.RegularExpressions;
using Evercard.Look;
using Evercard.Tests.Support;

namespace Evercard.Tests.Look;

/// <summary>What goes over the wire with pages and with what they load.</summary>
public sealed class DeliveryTests
{
    private static readonly WholeView Page = WholeView.Of(new PanelView("Done"));

    [Fact]
    public async Task Pages_carry_these_headers()
    {
        await using var program = await LookProgram.StartAsync(Page, policy: new LookPolicy { FormTargets = ["http://127.0.0.1:*"] });
        using var page = await Get(program, "/page");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        string[] notOurs = ["Date", "Server", "Transfer-Encoding", "Content-Length"];
        var lines = page.Headers.Concat(page.Content.Headers).Where(header => !notOurs.Contains(header.Key))
            .OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n");
        GoldenFile.ShouldHold("page-headers.txt", string.Concat(lines), "Look");
    }

    [Fact]
    public async Task Other_sites_may_keep_a_hold_where_the_program_says_so()
    {
        await using var program = await LookProgram.StartAsync(Page, policy: new LookPolicy { IsolatesOpener = false });
        using var page = await Get(program, "/page");
        page.Headers.Contains("Permissions-Policy").ShouldBeTrue();
        page.Headers.Contains("Cross-Origin-Opener-Policy").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_a_page_keeps_its_own_caching_but_is_not_guessed_at()
    {
        await using var program = await LookProgram.StartAsync(Page);
        using var data = await Get(program, "/data");
        data.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        data.Headers.CacheControl.ShouldBeNull();
        data.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    public async Task What_pages_load_is_kept_for_ever_under_the_address_of_its_content(string accepted, string encoding)
    {
        await using var program = await LookProgram.StartAsync(Page);
        var html = await program.Browser.GetStringAsync(new Uri("/page", UriKind.Relative));
        var addresses = Regex.Matches(html, "\"(/look/[^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        addresses.Count.ShouldBe(3);
        foreach (var address in addresses)
        {
            using var asset = await Get(program, address, accepted);
            asset.StatusCode.ShouldBe(HttpStatusCode.OK);
            asset.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
            asset.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            asset.Headers.Vary.ShouldBe(["Accept-Encoding"]);
            string.Join(',', asset.Content.Headers.ContentEncoding).ShouldBe(encoding);
            asset.Content.Headers.ContentType!.MediaType.ShouldBe(
                address.Contains(".css") ? "text/css" : address.Contains(".js") ? "text/javascript" : "image/svg+xml");
            (await asset.Content.ReadAsByteArrayAsync()).Length.ShouldBe((int)asset.Content.Headers.ContentLength!.Value);
        }
    }

    [Fact]
    public async Task An_address_without_the_hash_asks_each_time_and_is_told_that_nothing_changed()
    {
        await using var program = await LookProgram.StartAsync(Page);
        using var first = await Get(program, "/look/look.css");
        first.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/look/look.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await program.Browser.SendAsync(request);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Nothing_else_lies_under_that_address()
    {
        await using var program = await LookProgram.StartAsync(Page);
        foreach (var address in new[] { "/look/", "/look/look.css.br", "/look/../page/x", "/Look/_Layout.cshtml" })
        {
            using var answer = await Get(program, address);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    private static async Task<HttpResponseMessage> Get(LookProgram program, string address, string accepted = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return await program.Browser.SendAsync(request);
    }
}
