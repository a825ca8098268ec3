using System.Diagnostics;
using Evercard.DevHost.Link;

namespace Evercard.Bench.Renewals;

/// <summary>One renewal, from the established session to the closed operation.</summary>
/// <param name="Whole">Seconds, at the agent.</param>
/// <param name="Card">Seconds of it between command and answer of the card; a simulated card's computing is in it.</param>
/// <param name="RoundTrips">As the server tells.</param>
/// <param name="Messages">Those seen on the link meanwhile; null where it was not tapped.</param>
internal sealed record RenewalTaken(double Whole, double Card, int RoundTrips, IReadOnlyList<MessageSeen>? Messages)
{
    /// <summary>Seconds that the card did not take.</summary>
    public double Outside => Whole - Card;

    public double Ratio => Whole / Card;

    /// <summary>Messages from the agent: each but the last log-out waits for the server's answer.</summary>
    public int? RoundTripsSeen => UntilCompleted()?.Count(message => message.FromAgent);

    /// <summary>Seconds between a message of the agent and the server's last message before the next one. Right on an undelayed link only.</summary>
    public double? AtServer
    {
        get
        {
            if (UntilCompleted() is not { } messages)
            {
                return null;
            }

            var seconds = 0.0;
            for (var i = 1; i < messages.Count; i++)
            {
                if (!messages[i].FromAgent)
                {
                    seconds += Stopwatch.GetElapsedTime(messages[i - 1].Timestamp, messages[i].Timestamp).TotalSeconds;
                }
            }

            return seconds;
        }
    }

    /// <summary>What is left: the agent, the reader, and the link itself.</summary>
    public double? AtAgent => Outside - AtServer;

    /// <summary>Without what follows the server's last message: the log-out.</summary>
    private List<MessageSeen>? UntilCompleted()
    {
        var messages = Messages?.ToList();
        var last = messages?.FindLastIndex(message => !message.FromAgent) ?? -1;
        messages?.RemoveRange(last + 1, messages.Count - last - 1);
        return messages;
    }
}
