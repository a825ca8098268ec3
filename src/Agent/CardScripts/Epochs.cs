namespace Evercard.Agent.CardScripts;

/// <summary>The highest epoch seen of each act, of the last thousand acts.</summary>
public sealed class Epochs
{
    private const int MostActs = 1_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> highest = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>False for an epoch lower than one seen: the act was taken over meanwhile.</summary>
    public bool Accepts(string actId, int epoch)
    {
        lock (gate)
        {
            if (highest.TryGetValue(actId, out var seen))
            {
                highest[actId] = Math.Max(seen, epoch);
                return epoch >= seen;
            }

            Remember(actId, epoch);
            return true;
        }
    }

    private void Remember(string actId, int epoch)
    {
        highest.Add(actId, epoch);
        order.Enqueue(actId);
        if (order.Count > MostActs)
        {
            highest.Remove(order.Dequeue());
        }
    }
}
