using System.Globalization;

namespace Evercard.Cards.Pcsc;

/// <summary>What a return code means for the way to the card.</summary>
internal static class PcscFailure
{
    public static CardConnectionException Of(PcscCode code)
    {
        var failure = FailureOf(code);
        return new CardConnectionException(failure, string.Create(CultureInfo.InvariantCulture, $"{SentenceOf(failure)} (PC/SC {(uint)code:X8})"));
    }

    private static CardConnectionFailure FailureOf(PcscCode code) => code switch
    {
        PcscCode.RemovedCard or PcscCode.NoSmartcard => CardConnectionFailure.Removed,
        PcscCode.ResetCard => CardConnectionFailure.ResetByOther,
        PcscCode.SharingViolation => CardConnectionFailure.Busy,
        PcscCode.ReaderUnavailable or PcscCode.UnknownReader or PcscCode.NoReadersAvailable => CardConnectionFailure.ReaderGone,

        // A handle of a service that was restarted is invalid to the new one.
        PcscCode.NoService or PcscCode.ServiceStopped or PcscCode.ServerTooBusy or PcscCode.InvalidHandle
            or PcscCode.CommunicationError or PcscCode.Cancelled => CardConnectionFailure.ServiceStopped,
        _ => CardConnectionFailure.Unresponsive,
    };

    private static string SentenceOf(CardConnectionFailure failure) => failure switch
    {
        CardConnectionFailure.Removed => "The card is not in the reader.",
        CardConnectionFailure.ResetByOther => "Another program reset the card.",
        CardConnectionFailure.Busy => "Another program holds the card.",
        CardConnectionFailure.ReaderGone => "The reader is gone.",
        CardConnectionFailure.ServiceStopped => "The computer's smartcard service gives no answer.",
        _ => "The card gives no answer.",
    };
}
