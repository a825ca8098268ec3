using Evercard.Cards.Iso7816;

namespace Evercard.Cards;

/// <summary>The card said no: it answered with a status word that the step did not expect.</summary>
public sealed class CardException(StatusWord status, string message) : Exception($"{message} ({status})")
{
    public StatusWord Status { get; } = status;
}

/// <summary>Why a connection to a card failed.</summary>
public enum CardConnectionFailure
{
    /// <summary>The card is no longer in the reader.</summary>
    Removed,

    /// <summary>Another program holds the card.</summary>
    Busy,

    /// <summary>There is a card that gives no answer that makes sense.</summary>
    Unresponsive,

    /// <summary>The reader is gone, or was never there.</summary>
    ReaderGone,

    /// <summary>The computer's smartcard service is not running.</summary>
    ServiceStopped,

    /// <summary>Another program reset the card: the security status is lost.</summary>
    ResetByOther,

    /// <summary>The link to the computer that holds the card is gone.</summary>
    LinkLost,
}

/// <summary>The way to the card failed: reader, removal, another program, or the link to the computer that holds it.</summary>
public sealed class CardConnectionException(CardConnectionFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public CardConnectionFailure Failure { get; } = failure;
}
