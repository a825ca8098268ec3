using Evercard.CardSimulator.Readers;

namespace Evercard.DevHost.Faults;

/// <summary>Pulls the card out of its reader when the renewal tells a step, once.</summary>
public sealed class PullAtStep(SimulatedReaders readers)
{
    private readonly Lock changing = new();
    private readonly Dictionary<string, int> keysBegun = new(StringComparer.Ordinal);
    private int? step;

    /// <summary>Number of the step in docs/renewal.md: 7 to 10, 12 (the second key begins) or 13; null: nothing is pulled.</summary>
    public int? Step
    {
        get
        {
            lock (changing)
            {
                return step;
            }
        }

        set
        {
            lock (changing)
            {
                step = value;
            }
        }
    }

    /// <summary>For the agent's progress. The steps 7 to 10 come twice: the first is taken.</summary>
    public void Told(string reader, int now)
    {
        lock (changing)
        {
            keysBegun[reader] = now < 7 ? 0 : keysBegun.GetValueOrDefault(reader) + (now == 7 ? 1 : 0);
            if (step != now && !(step == 12 && now == 7 && keysBegun[reader] == 2))
            {
                return;
            }

            step = null;
        }

        readers.Remove(reader);
    }
}
