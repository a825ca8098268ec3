using Evercard.Cards.Readers;
using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>Which readers the server believes this computer to have, on the present link: those without a card are told too.</summary>
/// <param name="send">Begins to send at once; must not block.</param>
public sealed class ShownReaders(Action<ReadersSeen> send)
{
    private readonly Lock gate = new();
    private IReadOnlyList<ReaderSeen>? present;
    private bool isUp;

    /// <summary>The readers as they are now.</summary>
    public void Look(IReadOnlyList<ReaderStatus> readers)
    {
        var now = readers.DistinctBy(one => one.Name, StringComparer.Ordinal).Take(ReadersSeen.Most)
            .Select(one => new ReaderSeen(one.Name, one.CardPresent)).ToList();
        lock (gate)
        {
            if (present?.SequenceEqual(now) == true)
            {
                return;
            }

            present = now;
            Tell();
        }
    }

    /// <summary>A new link, whose server knows nothing; or none.</summary>
    public void LinkChanged(bool isUp)
    {
        lock (gate)
        {
            this.isUp = isUp;
            Tell();
        }
    }

    private void Tell()
    {
        if (isUp && present is not null)
        {
            send(new ReadersSeen(present));
        }
    }
}
