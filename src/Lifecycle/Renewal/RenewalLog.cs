using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Microsoft.Extensions.Logging;

namespace Evercard.Lifecycle.Renewal;

/// <summary>What the log says of a renewal: references and outcomes, never a secret.</summary>
internal static partial class RenewalLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Reference}: next {Next}")]
    public static partial void Next(ILogger log, string reference, NextStep next);

    [LoggerMessage(2, LogLevel.Warning, "{Reference}: the authority gives no certificates")]
    public static partial void NoCertificates(ILogger log, string reference, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "{Reference}: the card said no, {Status}: {Words}")]
    public static partial void CardSaidNo(ILogger log, string reference, StatusWord status, string words);

    [LoggerMessage(4, LogLevel.Information, "{Reference}: the card was lost: {Failure}")]
    public static partial void CardLost(ILogger log, string reference, CardConnectionFailure failure);
}
