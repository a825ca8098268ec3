using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>The cards that are in, each with what is known of it. Late news of an earlier insertion change nothing.</summary>
internal sealed class CardsInReaders
{
    private readonly Lock gate = new();
    private readonly List<CardInReader> cards = [];

    public IReadOnlyList<CardInReader> All
    {
        get
        {
            lock (gate)
            {
                return [.. cards];
            }
        }
    }

    public void Came(string reader, int insertion)
    {
        lock (gate)
        {
            if (!cards.Exists(one => one.Reader == reader && one.Insertion >= insertion))
            {
                cards.RemoveAll(one => one.Reader == reader);
                cards.Add(new CardInReader(reader, insertion));
            }
        }
    }

    public void Left(string reader, int insertion)
    {
        lock (gate)
        {
            cards.RemoveAll(one => one.Reader == reader && one.Insertion <= insertion);
        }
    }

    public void Looked(string reader, int insertion, int? triesLeft) => Change(reader, insertion, one => one with { TriesLeft = triesLeft });

    /// <summary>The card told how many tries are left, in the middle of an act.</summary>
    public void Tried(string reader, int? triesLeft) => Change(reader, null, one => one with { TriesLeft = triesLeft });

    public void Greeted(string reader, int insertion, AgentOutcome<CardGreeting> outcome) => Change(
        reader,
        insertion,
        one => outcome switch
        {
            AgentOutcome<CardGreeting>.Done done => one with { Greeting = done.Message, Refused = null },
            AgentOutcome<CardGreeting>.Refused refused => one with { Greeting = null, Refused = refused.Message },
            _ => one,
        });

    private void Change(string reader, int? insertion, Func<CardInReader, CardInReader> change)
    {
        lock (gate)
        {
            var at = cards.FindIndex(one => one.Reader == reader && (insertion is null || one.Insertion == insertion));
            if (at >= 0)
            {
                cards[at] = change(cards[at]);
            }
        }
    }
}
