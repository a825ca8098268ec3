using Evercard.Protocol;

namespace Evercard.Agent.Pages.Opened;

public enum OpenedKind
{
    /// <summary>The tray's Status.</summary>
    Status,

    /// <summary>The log-in window.</summary>
    Window,
    Renewal,
    PasscodeChange,
    RoleChoice,

    /// <summary>An operator confirms an act on another person's card.</summary>
    Confirmation,

    /// <summary>The cardholder beside the operator chooses a passcode.</summary>
    NewPasscode,

    /// <summary>The cardholder beside the operator lets the card be tested.</summary>
    CardTest,
}

/// <summary>How far the act of a page is.</summary>
public enum PageStage
{
    /// <summary>It asks.</summary>
    Asking,

    /// <summary>The act is under way.</summary>
    Running,

    /// <summary>There is nothing more to do on it.</summary>
    Done,
}

/// <summary>The answer to the expiry notice.</summary>
public enum NoticeAnswer
{
    None,
    Yes,
    No,
}

/// <summary>What a page has come to; drawn at each request.</summary>
public sealed record PageState
{
    /// <summary>The reader that the page is about; null: whichever holds a card.</summary>
    public string? Reader { get; init; }

    /// <summary>The one insertion that the page is about; null: whichever card is in.</summary>
    public int? Insertion { get; init; }

    /// <summary>The act on another person's card; null on all other pages.</summary>
    public ManagedAct? Managed { get; init; }

    public PageStage Stage { get; init; }

    /// <summary>What was refused last.</summary>
    public Refused? Said { get; init; }

    /// <summary>The insertion that it was said of: it is not held against the next card.</summary>
    public int? SaidOf { get; init; }

    /// <summary>The field that it is about.</summary>
    public string SaidField { get; init; } = "passcode";

    /// <summary>The insertion for which the person chose to use the last try.</summary>
    public int? LastTryOf { get; init; }

    public NoticeAnswer Notice { get; init; }

    /// <summary>The person said that the renewal goes on here.</summary>
    public bool TakeOver { get; init; }

    /// <summary>The role that a page of the service asked to preselect; null: the present one.</summary>
    public string? WantedRole { get; init; }

    public bool IsRoleChosen { get; init; }

    /// <summary>Somebody logged in on this page.</summary>
    public bool IsLoggedIn { get; init; }

    /// <summary>The steps that the act has come to.</summary>
    public IReadOnlyList<Progress> Steps { get; init; } = [];

    public DateTimeOffset? Began { get; init; }

    /// <summary>How the renewal ended.</summary>
    public ActCompleted? Completed { get; init; }

    public PageState Saying(Refused refused, int? insertion, string field = "passcode") =>
        this with { Said = refused, SaidOf = insertion, SaidField = field, Stage = PageStage.Asking };

    public PageState SayingNothing() => this with { Said = null, SaidOf = null };
}
