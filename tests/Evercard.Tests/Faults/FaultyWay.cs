using Evercard.Cards;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;

namespace Evercard.Tests.Faults;

/// <summary>The way from the server to a card: it remembers which script each APDU belongs to, loses a counted script or its reply, and ends with the process.</summary>
internal sealed class FaultyWay(ICard card, SimulatedCard chip, Mortality life) : ICard
{
    /// <summary>Name of each script, and how many APDUs the card had seen before it.</summary>
    public List<(string Name, int Apdus)> Scripts { get; } = [];

    /// <summary>The script that counts, from 1; 0: none.</summary>
    public int LoseAt { get; init; }

    /// <summary>The card has run it.</summary>
    public bool OnlyTheReply { get; init; }

    public ActBinding Binding => card.Binding;

    public async Task<ScriptReply> Run(CardScript script, CancellationToken cancellation)
    {
        life.MustLive();
        Scripts.Add((script.Name, chip.ApdusSeen));
        var isLost = Scripts.Count == LoseAt;
        if (!isLost || OnlyTheReply)
        {
            var reply = await card.Run(script, cancellation);
            if (!isLost)
            {
                return reply;
            }
        }

        throw new CardConnectionException(CardConnectionFailure.LinkLost, "The link was lost.");
    }
}
