using System.Security.Cryptography;
using Evercard.Cards;
using Evercard.Cards.Scripts;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>A card in a reader of an agent's computer. Scripts run one after another.</summary>
public sealed class RemoteCard(AgentConnection agent, string reader, CardAct act, ActBinding binding) : ICard, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public ActBinding Binding => binding;

    /// <summary>Scripts that were answered.</summary>
    public int RoundTrips { get; private set; }

    /// <summary>Why the agent ran no step of the last script; null where it ran.</summary>
    public ScriptRefusal? LastRefusal { get; private set; }

    /// <exception cref="CardConnectionException">LinkLost: no reply came; LinkLost or Busy: the agent refused the script (see <see cref="LastRefusal"/>).</exception>
    public async Task<ScriptReply> Run(CardScript script, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var message = new RunScript(id, binding.ActId, act, binding.Epoch, reader, script.Name, [.. script.Steps.Select(ScriptMessages.ToMessage)]);
            var reply = await agent.RunScript(message, cancellation);
            RoundTrips++;
            LastRefusal = (reply as ScriptRefused)?.Reason;
            if (reply is not ScriptDone done)
            {
                var failure = LastRefusal == ScriptRefusal.Busy ? CardConnectionFailure.Busy : CardConnectionFailure.LinkLost;
                throw new CardConnectionException(failure, $"The agent refused the script \"{script.Name}\": {LastRefusal}.");
            }

            return ScriptMessages.ToReply(done);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
