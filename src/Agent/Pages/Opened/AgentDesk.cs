using Evercard.Agent.Pages.Opening;
using Evercard.Agent.Sessions;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.Opened;

/// <summary>What every page needs: the agent, the pages that are open, the service's addresses, the words for dates.</summary>
public sealed class AgentDesk : IDisposable
{
    private const string RenewalPath = "/urswebapp/?operation=selfRenewSmartcard";
    private readonly Lock gate = new();
    private readonly HashSet<(string Reader, int Insertion)> offered = [];
    private int version;

    public AgentDesk(IdentityAgent agent, OpenedPages pages, AgentPagesOptions options, TimeProvider time)
    {
        var service = options.ServiceAddress ?? agent.Options.ServerAddress;
        (Agent, Pages, Time, Words, Opener) = (agent, pages, time, new DateWords(options.Zone), options.Opener);
        (ServiceOrigin, ServiceHost) = (HelloStatement.OriginOf(service), service.IdnHost);
        agent.Changed += Tell;
    }

    public IdentityAgent Agent { get; }

    public OpenedPages Pages { get; }

    public TimeProvider Time { get; }

    public DateWords Words { get; }

    public PageOpener Opener { get; }

    /// <summary>Something that a page shows has changed.</summary>
    public event EventHandler? Changed;

    /// <summary>Counts the changes: a page that was drawn at an earlier count is out of date.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>Scheme, host and port of the service, as browsers find it.</summary>
    public string ServiceOrigin { get; }

    /// <summary>As people know the service.</summary>
    public string ServiceHost { get; }

    /// <summary>The link that is shown for copying: it works cold.</summary>
    public string RenewalLink => ServiceOrigin + RenewalPath;

    /// <summary>The renewal page, for a browser that shall know this agent. No secret in it.</summary>
    public Uri RenewalWithLogIn => new($"{ServiceOrigin}/log-in?agent={Agent.AgentId}&return={Uri.EscapeDataString(RenewalPath)}");

    public string LogInLink => $"{ServiceOrigin}/log-in?agent={Agent.AgentId}";

    public string CheckLink => $"{ServiceOrigin}/check";

    public string? ReturnAddress(OpenedPage page) => page.ReturnPath is null ? null : ServiceOrigin + page.ReturnPath;

    public void Update(OpenedPage page, Func<PageState, PageState> change)
    {
        page.Update(change);
        Tell(this, EventArgs.Empty);
    }

    public void Dispose() => Agent.Changed -= Tell;

    /// <summary>The card that a page is about, where it is in.</summary>
    public CardInReader? CardOf(OpenedPage page)
    {
        var (state, cards) = (page.State, Agent.CardsIn);
        if (state.Reader is { } reader)
        {
            return cards.FirstOrDefault(card => card.Reader == reader && (state.Insertion ?? card.Insertion) == card.Insertion);
        }

        return cards is [var only] ? only : cards.FirstOrDefault(card => SessionOf(card) is not null);
    }

    public AgentSession? SessionOf(CardInReader? card) =>
        card is null ? null : Agent.Sessions.FirstOrDefault(one => one.Reader == card.Reader && one.Insertion == card.Insertion && one.SuspendedAt is null);

    /// <returns>The log-in of whoever manages the card that a page is about: with a card in another reader. Null where nobody does now.</returns>
    public AgentSession? OperatorBeside(OpenedPage page) => Agent.Sessions.LastOrDefault(one => one.Reader != page.State.Reader && one.SuspendedAt is null);

    /// <summary>Each card that was greeted gets its log-in window, once.</summary>
    public void OfferWindows(Func<OpenedPage, Uri> addressOf)
    {
        foreach (var card in Agent.CardsIn.Where(card => (card.Greeting ?? (object?)card.Refused) is not null))
        {
            var sessions = Agent.Sessions;
            if (sessions.Any(one => one.SuspendedAt is not null && one.LoggedIn.SmartcardSerial == card.Greeting?.SmartcardSerial))
            {
                // It was put back: its session is about to go on, on the page that waits for it.
                continue;
            }

            lock (gate)
            {
                if (!offered.Add((card.Reader, card.Insertion)))
                {
                    continue;
                }
            }

            // Whoever is logged in here puts another card in to manage it, not to log in. One whose own card is out is not here.
            if (card.Refused != AgentRefusals.ServiceUnreachable && sessions.All(one => one.SuspendedAt is not null) && !Pages.IsAwaited(card.Reader))
            {
                Opener.OpenWindow(addressOf(Pages.Open(OpenedKind.Window, new PageState { Reader = card.Reader, Insertion = card.Insertion })));
            }
        }
    }

    private void Tell(object? sender, EventArgs e)
    {
        Interlocked.Increment(ref version);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
