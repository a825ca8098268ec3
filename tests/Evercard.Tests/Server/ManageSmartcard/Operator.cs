using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Registry.People;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.Pages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server.ManageSmartcard;

/// <summary>Somebody who is logged in at a computer with two readers, and has a browser there.</summary>
internal sealed class Operator : IDisposable
{
    public const string Reader = "Reader 0";
    public const string SecondReader = "Reader 1";
    private int insertion = 10;

    private Operator(BareAgent agent, TestBrowser browser, LoggedIn session, Guid cardId) => (Agent, Browser, Session, CardId) = (agent, browser, session, cardId);

    public BareAgent Agent { get; }

    public TestBrowser Browser { get; }

    public LoggedIn Session { get; }

    /// <summary>The card of this log-in.</summary>
    public Guid CardId { get; }

    public static async Task<Operator> At(JourneyNode service, SamplePerson person, string? roleCode)
    {
        var (card, id) = await service.Issue(person: person);
        var agent = await BareAgent.Join(service.Address, pagesPort: 35_997);
        await agent.Send(new ReadersSeen([new ReaderSeen(Reader, HasCard: true), new ReaderSeen(SecondReader, HasCard: false)]));
        var session = await agent.LogIn(service.Address, card, Reader);
        var browser = new TestBrowser(service.Address);
        var sent = await browser.Submit($"/log-in?agent={agent.Id}", ("agent", agent.Id), ("return", "/"));
        var address = sent.Headers.Location!.OriginalString;
        await agent.Send(new ClaimTicket("c", Uri.UnescapeDataString(address[(address.IndexOf('=', StringComparison.Ordinal) + 1)..]), session.SessionId));
        await browser.Get($"/join?code={(await agent.Receive<TicketClaimed>()).Code}");
        var one = new Operator(agent, browser, session, id);
        if (roleCode is not null)
        {
            await one.Choose(service, person, roleCode);
        }

        return one;
    }

    /// <summary>Another role for this log-in.</summary>
    public async Task Choose(JourneyNode service, SamplePerson person, string roleCode)
    {
        var role = await RoleOf(service, person, roleCode);
        await Agent.Send(new ChooseRole("r", Session.SessionId, role.Id));
        await Agent.Receive<RoleChosen>();
    }

    public static Task<RoleProfile> RoleOf(JourneyNode service, SamplePerson person, string roleCode) =>
        service.Read(r => r.Registry.RoleProfiles.SingleAsync(p => p.PersonUuid == person.Uuid && p.RoleCode.EndsWith(":" + roleCode)));

    /// <summary>Puts a card in, and waits until the server has greeted it.</summary>
    public Task<Message> Insert(SimulatedCard card, string reader = SecondReader, int? triesLeft = null) => Insert(card.Image.Read(DataObject.Chuid) ?? [], reader, triesLeft);

    public async Task<Message> Insert(byte[] chuid, string reader = SecondReader, int? triesLeft = null)
    {
        await Agent.Send(new SeeCard("s", reader, chuid, HasPivApplication: true, ++insertion, triesLeft));
        return await Agent.ReceiveAny();
    }

    /// <summary>Takes out the card that was put in last, and waits until the server knows it.</summary>
    public async Task TakeOut(string reader = SecondReader)
    {
        await Agent.Send(new CardGone(reader, insertion));
        await Agent.Send(new ClaimTicket("in-order", "none", null));
        await Agent.Receive<Refused>();
    }

    /// <summary>The readers as they are told now.</summary>
    public async Task Sees(params ReaderSeen[] readers)
    {
        await Agent.Send(new ReadersSeen(readers));
        await Agent.Send(new ClaimTicket("in-order", "none", null));
        await Agent.Receive<Refused>();
    }

    public void Dispose()
    {
        Browser.Dispose();
        Agent.Dispose();
    }
}
