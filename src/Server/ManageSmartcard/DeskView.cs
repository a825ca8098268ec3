using Evercard.Lifecycle;
using Evercard.Server.AgentLink;

namespace Evercard.Server.ManageSmartcard;

/// <summary>What a reader is good for at this moment.</summary>
public enum ReaderUse
{
    Empty,

    /// <summary>Holds the card of this log-in.</summary>
    Yours,

    /// <summary>Holds another card of the same person.</summary>
    AlsoYours,

    /// <summary>Something is in it, and its greeting is not there yet.</summary>
    Reading,

    /// <summary>It has not been there for so long that people ask themselves why.</summary>
    StillReading,

    /// <summary>Holds a card that is on the books.</summary>
    Manageable,

    /// <summary>Holds something that is not.</summary>
    Strange,
}

/// <summary>A reader as the page draws it.</summary>
/// <param name="Number">From 1, in the computer's order.</param>
/// <param name="Name">As the computer tells it.</param>
/// <param name="Use">What is in it.</param>
/// <param name="SmartcardId">The card, where it is on the books.</param>
public sealed record DrawnReader(int Number, string Name, ReaderUse Use, Guid? SmartcardId = null)
{
    /// <summary>Under the picture.</summary>
    public string Words => Use switch
    {
        ReaderUse.Empty => "Empty",
        ReaderUse.Yours => "In use by you",
        ReaderUse.AlsoYours => "Another smartcard of yours",
        ReaderUse.Reading => "Reading the smartcard",
        ReaderUse.StillReading => "Still reading the smartcard…",
        ReaderUse.Manageable => "A smartcard to manage",
        _ => "A card that cannot be managed",
    };
}

/// <summary>The readers at a desk, and what follows from them: a pure function.</summary>
/// <param name="Readers">All of them.</param>
/// <param name="GoOn">The one card to manage; null where the page stays.</param>
/// <param name="Choices">Where there are several.</param>
/// <param name="Refusal">Why it does not go on, where something has to be done first; null while it only waits.</param>
public sealed record DeskView(IReadOnlyList<DrawnReader> Readers, Guid? GoOn, IReadOnlyList<DrawnReader> Choices, Refusal? Refusal)
{
    /// <summary>What is being waited for, once people ask themselves why.</summary>
    public const string SlowWords = "Still reading the smartcard… We are waiting for the card to say whose it is. Leave it in the reader: an old card may take half a minute.";

    /// <summary>Nothing is to be done yet, but it takes long.</summary>
    public bool IsSlow => Refusal is null && Readers.Any(one => one.Use == ReaderUse.StillReading);

    /// <summary>From then on the page says what it waits for.</summary>
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(10);

    /// <summary>A card that has not told its name by then will not tell it any more (CARD-SLOW).</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromSeconds(30);

    /// <param name="told">The readers that the agent told; null before it has, and from an older one.</param>
    /// <param name="shown">The cards that it showed, by reader.</param>
    /// <param name="own">The card of the log-in.</param>
    /// <param name="alsoTheirs">Other cards of the same person.</param>
    /// <param name="now">The server's clock.</param>
    public static DeskView Of(
        IReadOnlyList<SeenReader>? told, IReadOnlyList<KeyValuePair<string, SeenCard>> shown, Guid own, IReadOnlySet<Guid> alsoTheirs, DateTimeOffset now)
    {
        var cards = shown.ToDictionary(StringComparer.Ordinal);

        // News of a card may be quicker than news of its reader.
        var names = (told ?? []).Select(one => one.Name).Union(cards.Keys, StringComparer.Ordinal);
        var readers = names.Select((name, i) => Draw(i + 1, name, cards.GetValueOrDefault(name), now - told?.FirstOrDefault(one => one.Name == name)?.CardSince, own, alsoTheirs)).ToList();
        var manageable = readers.Where(one => one.Use == ReaderUse.Manageable).ToList();
        return manageable.Count switch
        {
            1 => new DeskView(readers, manageable[0].SmartcardId, [], null),
            > 1 => new DeskView(readers, null, manageable, Lifecycle.Refusals.CardsTwo()),
            _ => new DeskView(readers, null, [], Refuse(readers, told, cards, now)),
        };
    }

    private static DrawnReader Draw(int number, string name, SeenCard? card, TimeSpan? holdsFor, Guid own, IReadOnlySet<Guid> alsoTheirs) => card switch
    {
        null => new DrawnReader(number, name, holdsFor is null ? ReaderUse.Empty : holdsFor > QuietFor ? ReaderUse.StillReading : ReaderUse.Reading),
        { SmartcardId: null } => new DrawnReader(number, name, ReaderUse.Strange),
        { SmartcardId: { } id } => new DrawnReader(
            number, name, id == own ? ReaderUse.Yours : alsoTheirs.Contains(id) ? ReaderUse.AlsoYours : ReaderUse.Manageable, id),
    };

    private static Refusal? Refuse(List<DrawnReader> readers, IReadOnlyList<SeenReader>? told, Dictionary<string, SeenCard> cards, DateTimeOffset now) =>
        readers.Find(one => one.Use == ReaderUse.Strange) is { } strange ? cards[strange.Name].Refusal ?? Lifecycle.Refusals.CardUnknown()
        : readers.Exists(one => one.Use == ReaderUse.StillReading && told!.Any(reader => reader.Name == one.Name && now - reader.CardSince > WaitsFor)) ? Lifecycle.Refusals.CardSlow()
        : readers.Exists(one => one.Use == ReaderUse.AlsoYours) ? Lifecycle.Refusals.ReaderWrong()
        : told is null ? null
        : readers.Count == 0 ? Lifecycle.Refusals.ReaderNone()
        : readers.Count == 1 ? Lifecycle.Refusals.ReaderOne()
        : null;
}
