using System.Collections.Concurrent;
using Evercard.Agent.CardScripts;
using Evercard.Cards.Readers;
using Evercard.Protocol;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent;

/// <summary>The acts that the user began here, one for a reader: the server's scripts run for them and for nothing else.</summary>
internal sealed class ActsUnderWay(ILogger log)
{
    private readonly ConcurrentDictionary<string, RunningAct> byReader = new(StringComparer.Ordinal);

    public bool Has(string reader) => byReader.ContainsKey(reader);

    public void Begin(string reader, RunningAct act) => byReader[reader] = act;

    public void End(string reader) => byReader.TryRemove(reader, out _);

    /// <summary>The server is done with this act.</summary>
    public void Ended(string actId)
    {
        foreach (var act in byReader.Values)
        {
            act.End(actId);
        }
    }

    /// <summary>Late news must not take the passcode of an act that began with the next card.</summary>
    public void CardLeft(ReaderStatus left)
    {
        if (byReader.TryGetValue(left.Name, out var act) && !act.IsSameCard())
        {
            act.CardLeft();
        }
    }

    /// <summary>Blocks while the card works; never throws.</summary>
    /// <returns>ScriptDone or ScriptRefused.</returns>
    public Message Run(RunScript script)
    {
        try
        {
            var answer = byReader.TryGetValue(script.Reader, out var act) ? act.Run(script) : new ScriptRefused(script.ScriptId, ScriptRefusal.NoSuchAct);
            if (answer is ScriptRefused refused)
            {
                log.LogWarning("A script was refused: {Reason}", refused.Reason);
            }

            return answer;
        }
        catch (Exception e)
        {
            // The server must not wait for the time-out because of a fault here.
            log.LogError(e, "A script failed");
            return new ScriptDone(script.ScriptId, script.ActId, script.Epoch, [], ScriptFailure.Unresponsive, 0);
        }
    }
}
