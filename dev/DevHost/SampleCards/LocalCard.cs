using Evercard.Agent.CardScripts;
using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.Cards.Scripts;
using Evercard.Protocol;

namespace Evercard.DevHost.SampleCards;

/// <summary>A card in a reader of this very computer, behind the agent's own script runner and command filter: no network between.</summary>
public sealed class LocalCard(ICardConnection connection, CardAct act, ActBinding binding, HeldPasscode? passcode, HeldPasscode? chosen, TimeProvider time) : ICard
{
    private readonly ScriptRunner runner = new(connection, binding, passcode, chosen, time);

    public ActBinding Binding => binding;

    /// <summary>Scripts that were run.</summary>
    public int Scripts { get; private set; }

    public Task<ScriptReply> Run(CardScript script, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!CommandFilter.Allows(act, script))
        {
            throw new CardConnectionException(CardConnectionFailure.LinkLost, $"The command filter refused \"{script.Name}\".");
        }

        Scripts++;
        return Task.FromResult(runner.Run(script));
    }
}
