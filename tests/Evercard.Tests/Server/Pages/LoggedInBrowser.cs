using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Tests.Journey;

namespace Evercard.Tests.Server.Pages;

/// <summary>A browser that was joined to an agent at which somebody is logged in.</summary>
internal static class LoggedInBrowser
{
    /// <param name="service">The node.</param>
    /// <param name="person">Who; null for Wren.</param>
    /// <param name="role">Name of the role that is chosen; null for none.</param>
    public static async Task<(BareAgent Agent, TestBrowser Browser)> Of(JourneyNode service, SamplePerson? person = null, string? role = null)
    {
        var (card, _) = await service.Issue(person: person);
        var agent = await BareAgent.Join(service.Address, pagesPort: 35_998);
        var session = await agent.LogIn(service.Address, card, "Reader 0");
        if (role is not null)
        {
            await agent.Send(new ChooseRole("role", session.SessionId, session.Roles.Single(one => one.RoleName == role).Id));
            await agent.Receive<RoleChosen>();
        }

        var browser = new TestBrowser(service.Address);
        var sent = await browser.Submit($"/log-in?agent={agent.Id}", ("agent", agent.Id), ("return", "/"));
        var address = sent.Headers.Location!.OriginalString;
        await agent.Send(new ClaimTicket("c", Uri.UnescapeDataString(address[(address.IndexOf('=', StringComparison.Ordinal) + 1)..]), session.SessionId));
        await browser.Get($"/join?code={(await agent.Receive<TicketClaimed>()).Code}");
        return (agent, browser);
    }
}
