using Microsoft.Extensions.Logging;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>What is done by itself, in sentences: references and serial numbers, nobody's name.</summary>
internal static class ReconciliationWords
{
    /// <returns>Null where nothing is done.</returns>
    public static string? Of(ReadOperation one, Remedy remedy) => remedy switch
    {
        Remedy.Abort abort => $"End {Named(one)}: {abort.Because}.",
        Remedy.VoidAndRevoke revoke when one.Orphans.Count > 0 => $"End {Named(one)}: {revoke.Because}. Revoke what never reached the card: {string.Join(", ", one.Orphans)}.",
        Remedy.VoidAndRevoke revoke => $"End {Named(one)}: {revoke.Because}.",
        _ => null,
    };

    /// <inheritdoc cref="Of(ReadOperation, Remedy)"/>
    public static string? Of(ReadCertificate one, Remedy remedy) => remedy is Remedy.VoidAndRevoke revoke
        ? $"Revoke certificate {one.Serial} of {one.Operation?.Reference ?? "no operation"}: {revoke.Because}."
        : null;

    private static string Named(ReadOperation one) => $"{one.Facts.Act.ToString().ToLowerInvariant()} {one.Facts.Reference}";
}

/// <summary>What the log says of reconciliation.</summary>
internal static partial class ReconciliationLog
{
    [LoggerMessage(1, LogLevel.Error, "Not done: {Deed}")]
    public static partial void NotDone(ILogger log, string deed, Exception exception);
}
