using Evercard.Agent.CardScripts;
using Evercard.Agent.Link;
using Evercard.Agent.Sessions;
using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.Protocol;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent;

/// <summary>
/// The agent on one computer: keeps the link to the server, watches the readers, and lets the server work on a card only
/// while the user asked for it here, with the passcode staying here.
/// </summary>
public sealed partial class IdentityAgent : IDisposable
{
    private readonly AgentOptions options;
    private readonly IReaders readers;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly DeviceKey key;
    private readonly ServerLink link;
    private readonly PendingRequests requests;
    private readonly ReaderTurns turns = new();
    private readonly CardsInReaders inReaders = new();
    private readonly HeldSessions sessions;
    private readonly ActsUnderWay acts;
    private readonly CardsAtHand cards;
    private readonly CardGreetings greetings;
    private readonly CardActs cardActs;
    private readonly ShownReaders shownReaders;
    private volatile TaskCompletionSource linkUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="ArgumentException">See <see cref="AgentOptions.FindFault"/>.</exception>
    /// <exception cref="IOException">The data folder cannot be used.</exception>
    public IdentityAgent(AgentOptions options, IReaders readers, TimeProvider time, ILoggerFactory logging)
    {
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        (this.options, this.readers, this.time) = (options, readers, time);
        log = logging.CreateLogger<IdentityAgent>();
        (acts, cards) = (new ActsUnderWay(log), new CardsAtHand(readers, options.BusyFor, time));
        requests = new PendingRequests(options.AnswerWithin, time);
        key = DeviceKey.Open(options.DataFolder);
        sessions = new HeldSessions(time);
        link = new ServerLink(options, key, () => PagesPort, Receive, LinkChanged, time, log);
        greetings = new CardGreetings(
            readers, cards, turns, acts, link, requests, (reader, outcome) => Greeted?.Invoke(reader, outcome), Seen, inReaders, log);
        shownReaders = new ShownReaders(seen => _ = link.Send(seen, CancellationToken.None));
        cardActs = new CardActs(cards, turns, acts, greetings, link, requests, key.AgentId, time);
    }

    /// <summary>Hexadecimal SHA-256 of the device key.</summary>
    public string AgentId => key.AgentId;

    /// <summary>Whether requests can reach the server now.</summary>
    public bool IsConnected => link.IsUp;

    /// <summary>The server's refusal of this agent itself (AGENT-OLD); null where there is none.</summary>
    public Refused? Notice => link.Notice;

    /// <summary>The one server, the computer's name and the version that people read.</summary>
    public AgentOptions Options => options;

    /// <summary>Port of the agent's own pages on 127.0.0.1, told to the server with the hello; 0 where there are none.</summary>
    public int PagesPort { get; internal set; }

    /// <summary>The cards in this computer's readers.</summary>
    public IReadOnlyList<CardInReader> CardsIn => inReaders.All;

    /// <summary>A reader is plugged in, and the computer's smartcard service runs.</summary>
    public bool HasReader => cards.HasReader;

    /// <summary>The log-ins on this computer, the newest last.</summary>
    public IReadOnlyList<AgentSession> Sessions => sessions.All;

    /// <summary>Something that people see has changed: a card, the link, a session, the progress of an act. Handlers must not block.</summary>
    public event EventHandler? Changed;

    /// <summary>Told the reader in which an act has come to a step; must not block.</summary>
    public Action<string, Progress>? Progressed { get; set; }

    /// <summary>Makes one of the agent's own pages ready and answers its path, or a refusal. Null: this agent has no pages.</summary>
    internal Func<OpenPage, Message>? PageAsked { get; set; }

    /// <summary>Told how each card that is put in was greeted; must not block.</summary>
    public Action<string, AgentOutcome<CardGreeting>>? Greeted { get; set; }

    /// <summary>Told the reader that a card left; must not block.</summary>
    public Action<string>? CardLeft { get; set; }

    /// <summary>Keeps the link and watches the readers until cancelled.</summary>
    public Task Run(CancellationToken cancellation) =>
        Task.WhenAll(
            link.Run(cancellation),
            new ReaderWatch(readers, reader => Came(reader, cancellation), Left, ReadersChanged, time, log).Run(cancellation));

    /// <summary>Completes once the server has welcomed this agent.</summary>
    public Task WhenConnected(CancellationToken cancellation) => linkUp.Task.WaitAsync(cancellation);

    /// <summary>Reads the card without a passcode and asks the server what it can do.</summary>
    public Task<AgentOutcome<CardGreeting>> Greet(string reader, CancellationToken cancellation) => greetings.Greet(reader, cancellation);

    /// <summary>Logs in with the card in this reader.</summary>
    /// <param name="reader">The reader's name.</param>
    /// <param name="passcode">Used for this act alone: zeroed when it returns.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="insertion">That of the greeting after which the passcode was typed: another card is not tried with it.</param>
    public async Task<AgentOutcome<LoggedIn>> LogIn(string reader, HeldPasscode passcode, CancellationToken cancellation, int? insertion = null)
    {
        var outcome = await cardActs.Run<LoggedIn>(
            new ActAsked(CardAct.LogIn, reader, insertion, passcode), id => new LogIn(id, reader), null, cancellation);
        Tried(reader, outcome);
        if (outcome is AgentOutcome<LoggedIn>.Done { Insertion: { } at } done)
        {
            sessions.Begin(reader, at, done.Message);
            if (cards.Look(reader) is not { CardPresent: true } now || now.EventCount != at)
            {
                // It left before its session was held: nobody else will end it here.
                sessions.EndAt(reader, at);
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }

    /// <summary>Chooses a role for a session, or another one later.</summary>
    public async Task<AgentOutcome<RoleChosen>> ChooseRole(string sessionId, string roleProfileId, CancellationToken cancellation)
    {
        var id = PendingRequests.NewId();
        var outcome = await requests.Ask<RoleChosen>(new ChooseRole(id, sessionId, roleProfileId), id, link.Send, null, cancellation);
        if (outcome is AgentOutcome<RoleChosen>.Done done)
        {
            sessions.Choose(sessionId, done.Message.RoleProfileId);
            Changed?.Invoke(this, EventArgs.Empty);
        }

        return outcome;
    }

    /// <summary>Tells the server that a browser came with this ticket; it gets the newest log-in of this computer, where there is one.</summary>
    public Task<AgentOutcome<TicketClaimed>> ClaimTicket(string ticket, CancellationToken cancellation)
    {
        var id = PendingRequests.NewId();
        return requests.Ask<TicketClaimed>(
            new ClaimTicket(id, ticket, sessions.Newest?.LoggedIn.SessionId), id, link.Send, null, cancellation);
    }

    /// <summary>Sets another passcode on the card in this reader.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="reader">The reader's name.</param>
    /// <param name="present">The passcode as it is; zeroed when this returns.</param>
    /// <param name="chosen">The new one; zeroed when this returns.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="insertion">That of the card which the user was told of.</param>
    public async Task<AgentOutcome<PasscodeChanged>> SetNewPasscode(
        string sessionId, string reader, HeldPasscode present, HeldPasscode chosen, CancellationToken cancellation, int? insertion = null)
    {
        var outcome = await cardActs.Run<PasscodeChanged>(
            new ActAsked(CardAct.PasscodeChange, reader, insertion, present, chosen), id => new SetNewPasscode(id, sessionId, reader), null, cancellation);
        Tried(reader, outcome);
        Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }

    /// <summary>Renews the card in this reader, or finishes its renewal.</summary>
    /// <param name="sessionId">Null where an open renewal is finished without a session.</param>
    /// <param name="reader">The reader's name.</param>
    /// <param name="passcode">Used for this act alone: zeroed when it returns.</param>
    /// <param name="takeOver">Carry on here what another computer began.</param>
    /// <param name="progress">Told the steps of docs/renewal.md.</param>
    /// <param name="cancellation">Leaves the act to be finished later.</param>
    /// <param name="insertion">That of the greeting after which the passcode was typed: another card is not tried with it.</param>
    /// <param name="forCardholder">The session is of somebody who helps.</param>
    public async Task<AgentOutcome<ActCompleted>> Renew(
        string? sessionId, string reader, HeldPasscode passcode, bool takeOver, IProgress<Progress>? progress, CancellationToken cancellation, int? insertion = null,
        bool forCardholder = false)
    {
        var outcome = await cardActs.Run<ActCompleted>(
            new ActAsked(CardAct.Renewal, reader, insertion, passcode),
            id => new Renew(id, sessionId, reader, takeOver, forCardholder),
            new ToldProgress(step => Told(reader, step, progress)),
            cancellation);
        Tried(reader, outcome);
        if (outcome is AgentOutcome<ActCompleted>.Done done && !forCardholder)
        {
            // Step 13. This user's store holds nothing of somebody else's card.
            var holder = sessions.Find(sessionId)?.LoggedIn.PersonUuid;
            await Task.Run(() => SupersededCertificates.Remove(options.UserCertificates, done.Message.SupersededCertificates, holder, log), CancellationToken.None);
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }

    /// <returns>False where the server cannot be told now; it ends the session by itself 60 seconds after the link is gone.</returns>
    public Task<bool> LogOut(string sessionId, CancellationToken cancellation)
    {
        sessions.End(sessionId);
        Changed?.Invoke(this, EventArgs.Empty);
        return link.Send(new LogOut(sessionId), cancellation);
    }

    public void Dispose() => key.Dispose();

    private void Receive(Message message)
    {
        requests.Heard();
        switch (message)
        {
            case RunScript script:
                _ = Task.Run(() => link.Send(acts.Run(script), CancellationToken.None));
                break;
            case Progress progress:
                requests.Report(progress);
                break;
            case ActEnded ended:
                acts.Ended(ended.ActId);
                break;
            case CardGreeting greeting:
                requests.Answer(greeting.RequestId, greeting);
                break;
            case LoggedIn loggedIn:
                requests.Answer(loggedIn.RequestId, loggedIn);
                break;
            case ActCompleted completed:
                requests.Answer(completed.RequestId, completed);
                break;
            case CardTested tested:
                requests.Answer(tested.RequestId, tested);
                break;
            case ActConfirmed confirmed:
                requests.Answer(confirmed.RequestId, confirmed);
                break;
            case RoleChosen chosen:
                requests.Answer(chosen.RequestId, chosen);
                break;
            case TicketClaimed claimed:
                requests.Answer(claimed.RequestId, claimed);
                break;
            case PasscodeChanged passcodeChanged:
                requests.Answer(passcodeChanged.RequestId, passcodeChanged);
                break;
            case SessionEnded over:
                sessions.EndHashed(over.SessionHash);
                Changed?.Invoke(this, EventArgs.Empty);
                break;
            case OpenPage page:
                _ = Task.Run(() => link.Send(PageFor(page), CancellationToken.None));
                break;
            case Refused { RequestId: { } id } refused:
                requests.Answer(id, refused);
                break;
            default:
                log.LogWarning("The server sent a message that only agents send: {Message}", message);
                break;
        }
    }

    private void LinkChanged(bool isUp)
    {
        greetings.Forget();
        shownReaders.LinkChanged(isUp);
        if (!isUp)
        {
            linkUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            requests.GiveUp();
            Changed?.Invoke(this, EventArgs.Empty);
            return;
        }

        linkUp.TrySetResult();
        Changed?.Invoke(this, EventArgs.Empty);
        _ = Task.Run(greetings.GreetAll);
    }

    private void ReadersChanged(IReadOnlyList<ReaderStatus> now)
    {
        shownReaders.Look(now);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Came(ReaderStatus came, CancellationToken cancellation)
    {
        inReaders.Came(came.Name, came.EventCount);
        Changed?.Invoke(this, EventArgs.Empty);
        greetings.GreetLater(came.Name, cancellation);
    }

    private void Left(ReaderStatus left)
    {
        if (acts.Has(left.Name))
        {
            sessions.Suspend(left.Name, left.EventCount);
        }
        else
        {
            sessions.EndAt(left.Name, left.EventCount);
        }

        inReaders.Left(left.Name, left.EventCount);
        acts.CardLeft(left);
        greetings.Left(left.Name);
        CardLeft?.Invoke(left.Name);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Seen(string reader, int insertion, AgentOutcome<CardGreeting> outcome)
    {
        sessions.Resume(reader, insertion, (outcome as AgentOutcome<CardGreeting>.Done)?.Message.SmartcardSerial);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>After an act the card has all its tries again, or told how many are left.</summary>
    private void Tried<T>(string reader, AgentOutcome<T> outcome)
        where T : Message
    {
        if (outcome is AgentOutcome<T>.Done or AgentOutcome<T>.Refused { Message.TriesLeft: not null })
        {
            inReaders.Tried(reader, (outcome as AgentOutcome<T>.Refused)?.Message.TriesLeft);
        }
    }

    private void Told(string reader, Progress step, IProgress<Progress>? progress)
    {
        progress?.Report(step);
        Progressed?.Invoke(reader, step);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private Message PageFor(OpenPage page)
    {
        try
        {
            return PageAsked?.Invoke(page) ?? AgentRefusals.NoPages with { RequestId = page.RequestId };
        }
        catch (Exception e)
        {
            // The server must not wait for the time-out because of a fault here.
            log.LogError(e, "A page could not be made ready");
            return AgentRefusals.Unexpected with { RequestId = page.RequestId };
        }
    }
}
