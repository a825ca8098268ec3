using Evercard.Agent.CardScripts;
using Evercard.Agent.Link;
using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.Protocol;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent;

/// <summary>
/// The agent on one computer: keeps the link to the server, watches the readers, and lets the server work on a card only
/// while the user asked for it here, with the passcode staying here.
/// </summary>
public sealed class IdentityAgent : IDisposable
{
    private readonly AgentOptions options;
    private readonly IReaders readers;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly DeviceKey key;
    private readonly ServerLink link;
    private readonly PendingRequests requests = new();
    private readonly ReaderTurns turns = new();
    private readonly Epochs epochs = new();
    private readonly ActsUnderWay acts;
    private readonly CardsAtHand cards;
    private readonly CardGreetings greetings;
    private volatile LoggedIn? latest;
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
        key = DeviceKey.Open(options.DataFolder);
        link = new ServerLink(options, key, Receive, LinkChanged, time, log);
        greetings = new CardGreetings(readers, cards, turns, acts, link, requests, (reader, outcome) => Greeted?.Invoke(reader, outcome), log);
    }

    /// <summary>Hexadecimal SHA-256 of the device key.</summary>
    public string AgentId => key.AgentId;

    /// <summary>Whether requests can reach the server now.</summary>
    public bool IsConnected => link.IsUp;

    /// <summary>The server's refusal of this agent itself (AGENT-OLD); null where there is none.</summary>
    public Refused? Notice => link.Notice;

    /// <summary>Told how each card that is put in was greeted; must not block.</summary>
    public Action<string, AgentOutcome<CardGreeting>>? Greeted { get; set; }

    /// <summary>Told the reader that a card left; must not block.</summary>
    public Action<string>? CardLeft { get; set; }

    /// <summary>Keeps the link and watches the readers until cancelled.</summary>
    public Task Run(CancellationToken cancellation) =>
        Task.WhenAll(link.Run(cancellation), new ReaderWatch(readers, reader => greetings.GreetLater(reader.Name, cancellation), Left, time, log).Run(cancellation));

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
        var outcome = await Act<LoggedIn>(CardAct.LogIn, reader, insertion, passcode, id => new LogIn(id, reader), null, cancellation);
        latest = (outcome as AgentOutcome<LoggedIn>.Done)?.Message ?? latest;
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
    public async Task<AgentOutcome<ActCompleted>> Renew(
        string? sessionId, string reader, HeldPasscode passcode, bool takeOver, IProgress<Progress>? progress, CancellationToken cancellation, int? insertion = null)
    {
        var outcome = await Act<ActCompleted>(
            CardAct.Renewal, reader, insertion, passcode, id => new Renew(id, sessionId, reader, takeOver), progress, cancellation);
        if (outcome is AgentOutcome<ActCompleted>.Done done)
        {
            // Step 13.
            var holder = latest is { } session && session.SessionId == sessionId ? session.PersonUuid : null;
            await Task.Run(() => SupersededCertificates.Remove(options.UserCertificates, done.Message.SupersededCertificates, holder, log), CancellationToken.None);
        }

        return outcome;
    }

    /// <returns>False where the server cannot be told now; it ends the session by itself 60 seconds after the link is gone.</returns>
    public Task<bool> LogOut(string sessionId, CancellationToken cancellation) => link.Send(new LogOut(sessionId), cancellation);

    public void Dispose() => key.Dispose();

    private async Task<AgentOutcome<T>> Act<T>(
        CardAct kind, string reader, int? insertion, HeldPasscode passcode, Func<string, Message> request, IProgress<Progress>? progress, CancellationToken cancellation)
        where T : Message
    {
        using var held = passcode;
        if (!link.IsUp)
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.ServiceUnreachable);
        }

        if (acts.Has(reader))
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.CardBusy);
        }

        using var turn = await turns.Take(reader, ReaderTurns.Within, cancellation);
        if (turn is null)
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.CardBusy);
        }

        try
        {
            var card = cards.Required(reader);
            if (insertion is { } asked && card.EventCount != asked)
            {
                return new AgentOutcome<T>.Refused(AgentRefusals.CardRemoved);
            }

            // The server answers acts only on cards that it was shown on this link. A card that it refused is asked about
            // all the same: it answers with the same refusal, and records that the act was tried.
            if (!greetings.IsShown(card) && await greetings.See(reader, cancellation) is AgentOutcome<CardGreeting>.Refused { Message: var unseen } && IsOurs(unseen))
            {
                return new AgentOutcome<T>.Refused(unseen);
            }

            var connection = await cards.Connect(reader, CardAccess.ToAct, cancellation);
            await using var act = new RunningAct(
                kind, connection, card, cards.Look, passcode, null, link.ServerOrigin, key.AgentId, epochs, time);
            acts.Begin(reader, act);
            try
            {
                var id = PendingRequests.NewId();
                return await requests.Ask<T>(request(id), id, link.Send, progress, cancellation);
            }
            finally
            {
                acts.End(reader);
                greetings.GreetIfUnseen(reader);
            }
        }
        catch (CardConnectionException e)
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.Of(e.Failure));
        }
    }

    /// <summary>The server did not take in what was asked: this agent refused by itself.</summary>
    private static bool IsOurs(Refused refused) => refused == AgentRefusals.ServiceUnreachable || refused == AgentRefusals.Unexpected;

    private void Receive(Message message)
    {
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
        if (!isUp)
        {
            linkUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            requests.GiveUp();
            return;
        }

        linkUp.TrySetResult();
        _ = Task.Run(greetings.GreetAll);
    }

    private void Left(ReaderStatus left)
    {
        acts.CardLeft(left);
        greetings.Left(left.Name);
        CardLeft?.Invoke(left.Name);
    }
}
