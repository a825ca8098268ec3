using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Sessions;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.Window;

/// <summary>What decides which of its views the log-in window shows.</summary>
/// <param name="State">What the window has come to.</param>
/// <param name="Card">The card that it is about; null where that is not in, or is not known yet.</param>
/// <param name="Session">Of that card.</param>
/// <param name="CardsIn">How many cards are in the readers.</param>
/// <param name="HasReader">There is a reader.</param>
/// <param name="IsConnected">The service can be reached.</param>
/// <param name="Returns">A browser waits to go on.</param>
/// <param name="AsksForRole">The window is there to choose another role.</param>
public sealed record WindowFacts(
    PageState State, CardInReader? Card, AgentSession? Session, int CardsIn, bool HasReader, bool IsConnected, bool Returns, bool AsksForRole);

/// <summary>The views of the log-in window (SCREENS 2.1).</summary>
public enum WindowView
{
    /// <summary>SERVICE-UNREACHABLE.</summary>
    Unreachable,

    /// <summary>READER-NONE.</summary>
    NoReader,

    InsertCard,

    /// <summary>CARDS-TWO.</summary>
    WhichCard,

    /// <summary>The service is being asked about the card.</summary>
    LookingUp,

    /// <summary>W1.</summary>
    LogIn,

    /// <summary>W1b.</summary>
    LastTry,

    /// <summary>W2.</summary>
    Role,

    /// <summary>W3.</summary>
    Notice,

    /// <summary>W3 after No.</summary>
    NoticeDeclined,

    /// <summary>W4.</summary>
    LoggedIn,

    /// <summary>W6.</summary>
    Finish,

    /// <summary>W6, under way.</summary>
    Finishing,

    /// <summary>W6, done.</summary>
    Finished,

    /// <summary>The card that the window was about is gone.</summary>
    Gone,

    /// <summary>What was refused.</summary>
    Refused,

    /// <summary>The browser goes back to the service.</summary>
    Return,
}

/// <summary>Which view the window shows: decided anew at each drawing, from nothing but the facts.</summary>
public static class WindowViews
{
    public static WindowView Choose(WindowFacts facts) =>
        facts.State.Stage == PageStage.Running ? WindowView.Finishing
        : facts.Session is { } session ? OfSession(facts, session)
        : facts.State.Completed is not null && facts.State.Stage == PageStage.Done ? WindowView.Finished
        : facts.Card is { } card ? OfCard(facts, card)
        : facts.State.Insertion is not null ? WindowView.Gone
        : !facts.HasReader ? WindowView.NoReader
        : facts.CardsIn > 1 ? WindowView.WhichCard
        : facts.IsConnected ? WindowView.InsertCard
        : WindowView.Unreachable;

    private static WindowView OfSession(WindowFacts facts, AgentSession session) =>
        (facts.AsksForRole && !facts.State.IsRoleChosen) || (session.RoleId is null && session.LoggedIn.Roles.Count > 1) ? WindowView.Role
        : facts.Returns ? WindowView.Return
        : session.LoggedIn.RenewalOffered && !facts.AsksForRole && facts.State.Notice == NoticeAnswer.None ? WindowView.Notice
        : facts.State.Notice == NoticeAnswer.No ? WindowView.NoticeDeclined
        : WindowView.LoggedIn;

    private static WindowView OfCard(WindowFacts facts, CardInReader card) =>
        facts.State.Said is { } said && facts.State.SaidOf == card.Insertion && !RefusedWords.IsAboutPasscode(said) ? WindowView.Refused
        : card.Refused is not null ? WindowView.Refused
        : card.Greeting is not { } greeting ? (facts.IsConnected ? WindowView.LookingUp : WindowView.Unreachable)
        : !CanTry(greeting.State) || card.TriesLeft == 0 ? WindowView.Refused
        : card.TriesLeft == 1 && facts.State.LastTryOf != card.Insertion ? WindowView.LastTry
        : greeting.State == CardStanding.RenewalUnfinished ? WindowView.Finish
        : WindowView.LogIn;

    private static bool CanTry(CardStanding standing) => standing is CardStanding.Good or CardStanding.RenewalDue or CardStanding.RenewalUnfinished;
}
