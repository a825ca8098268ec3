using System.Net;
using Evercard.Server.Help;
using Evercard.Server.SelfRenewal;
using Evercard.Tests.Server.Help;
using Evercard.Tests.Server.Pages;

namespace Evercard.Tests.Server.SelfRenewal;

/// <summary>Addresses of old instructions answer for ever.</summary>
public sealed class OldAddressTests(HelpNode node) : IClassFixture<HelpNode>
{
    [Theory]
    [InlineData("/urswebapp/?operation=selfRenewSmartcard", "/renew")]
    [InlineData("/urswebapp?operation=selfRenewSmartcard", "/renew")]
    [InlineData("/URSWebApp/?operation=selfrenewsmartcard", "/renew")]
    [InlineData("/urswebapp/index.jsp?operation=selfRenewSmartcard&x=1", "/renew")]
    [InlineData("/urswebapp/", "/")]
    [InlineData("/urswebapp/any/thing?operation=other", "/")]
    [InlineData("/repair-guide", "/help/renewal-of-an-expired-smartcard-repair")]
    [InlineData("/Repair-Guide/", "/help/renewal-of-an-expired-smartcard-repair")]
    [InlineData("/renewal-of-an-expired-smartcard", "/help/renewal-of-an-expired-smartcard-repair")]
    [InlineData("/re-issue-of-an-expired-smartcard", "/help/renewal-of-an-expired-smartcard-repair")]
    [InlineData("/renewal-guide", "/help/renew-your-smartcard")]
    [InlineData("/self-renewal", "/renew")]
    public async Task An_old_address_leads_to_where_it_is_now(string old, string now)
    {
        using var browser = new TestBrowser(node.Address);
        var answer = await browser.Get(old);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe(now);
    }

    [Fact]
    public void Every_guide_that_an_old_address_names_is_there() =>
        OldAddress.Moved.Values.Where(now => now.StartsWith("/help/", StringComparison.Ordinal)).ShouldBeSubsetOf(Guide.All.Select(guide => guide.Href));
}
