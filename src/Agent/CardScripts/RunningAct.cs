using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.Cards.Scripts;
using Evercard.Protocol;

namespace Evercard.Agent.CardScripts;

/// <summary>
/// An act that the user began on the card in one reader. Scripts run for it and for nothing else: same kind of act, same
/// act id as the first script, no older epoch, and still the same card.
/// </summary>
/// <param name="kind">Decides which commands are let through.</param>
/// <param name="connection">Owned: disposed at the end, which resets the card.</param>
/// <param name="card">The reader as it was when the act began.</param>
/// <param name="look">The reader as it is now; null where it is gone.</param>
public sealed class RunningAct(
    CardAct kind, ICardConnection connection, ReaderStatus card, Func<string, ReaderStatus?> look, HeldPasscode? passcode, HeldPasscode? chosen,
    string serverOrigin, string agentId, Epochs epochs, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile string? actId;
    private volatile bool ended;

    /// <summary>Runs a script, or says why not. Blocks while the card works; never throws.</summary>
    /// <returns>ScriptDone or ScriptRefused.</returns>
    public Message Run(RunScript message)
    {
        if (!turn.Wait(TimeSpan.Zero))
        {
            return new ScriptRefused(message.ScriptId, ScriptRefusal.Busy);
        }

        try
        {
            if (FindRefusal(message, out var script) is { } reason)
            {
                return new ScriptRefused(message.ScriptId, reason);
            }

            try
            {
                return ScriptMessages.ToMessage(message, IsSameCard() ? Run(message, script!) : Lost);
            }
            finally
            {
                ScriptMessages.ZeroSecrets(message, script!);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The server is done with this act: later scripts of it are refused, until the user begins it again.</summary>
    public void End(string endedActId)
    {
        if (actId == endedActId)
        {
            ended = true;
        }
    }

    /// <summary>The card left the reader: nothing secret is kept for it.</summary>
    public void CardLeft()
    {
        passcode?.Zero();
        chosen?.Zero();
    }

    /// <summary>Waits for the script that runs, then lets go of the card, which resets it: nothing stays verified.</summary>
    public async ValueTask DisposeAsync()
    {
        CardLeft();
        await turn.WaitAsync();
        ended = true;
        connection.Dispose();
        turn.Release();
    }

    private static ScriptReply Lost => new([], CardConnectionFailure.Removed, TimeSpan.Zero);

    private ScriptReply Run(RunScript message, CardScript script)
    {
        var binding = new ActBinding(serverOrigin, agentId, message.ActId, message.Epoch);
        return new ScriptRunner(connection, binding, passcode, chosen, time).Run(script);
    }

    private ScriptRefusal? FindRefusal(RunScript message, out CardScript? script)
    {
        script = null;
        if (ended || message.Act != kind || (actId ?? message.ActId) != message.ActId)
        {
            return ScriptRefusal.NoSuchAct;
        }

        if (!epochs.Accepts(message.ActId, message.Epoch))
        {
            return ScriptRefusal.Stale;
        }

        actId = message.ActId;
        if (!ScriptMessages.TryRead(message, out script) || !CommandFilter.Allows(kind, script))
        {
            return ScriptRefusal.CommandNotAllowed;
        }

        return script.Steps.Any(IsMissingPasscode) && IsSameCard() ? ScriptRefusal.NoPasscode : null;
    }

    private bool IsMissingPasscode(CardStep step) => step switch
    {
        CardStep.VerifyPasscode or CardStep.Prove => passcode?.IsHeld != true,
        CardStep.SetPasscode => chosen?.IsHeld != true,
        CardStep.ChangePasscode => passcode?.IsHeld != true || chosen?.IsHeld != true,
        _ => false,
    };

    /// <summary>The card that the act began with is still in the reader.</summary>
    public bool IsSameCard() => look(card.Name) is { CardPresent: true } now && now.EventCount == card.EventCount;
}
