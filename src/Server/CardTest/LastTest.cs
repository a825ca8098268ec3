using Evercard.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.CardTest;

/// <summary>The newest test of a card, out of the audit trail.</summary>
/// <param name="LogIn">The log-in key signed.</param>
/// <param name="Signature">The signature key signed.</param>
/// <param name="Accepted">Both certificates were good.</param>
public sealed record LastTest(bool LogIn, bool Signature, bool Accepted)
{
    public bool Works => LogIn && Signature && Accepted;

    /// <summary>"Works: log-in certificate ✓ signature certificate ✓ accepted by the service ✓".</summary>
    public string Words => $"{(Works ? "Works" : "Does not work")}: log-in certificate {Sign(LogIn)} signature certificate {Sign(Signature)} accepted by the service {Sign(Accepted)}";

    /// <param name="database">Holds the trail.</param>
    /// <param name="smartcardId">The card.</param>
    /// <param name="since">Older tests say nothing about it.</param>
    /// <param name="cancellation">The browser is gone.</param>
    /// <returns>Null where it was not tested since then.</returns>
    public static Task<LastTest?> Of(Database database, Guid smartcardId, DateTimeOffset since, CancellationToken cancellation) => database.Read(
        async records => await records.Registry.AuditEvents
            .Where(e => e.SmartcardId == smartcardId && e.Kind == "SmartcardTested" && e.At >= since)
            .OrderByDescending(e => e.Sequence).FirstOrDefaultAsync(cancellation) is { } found
            ? new LastTest(Is(found.Facts, "logIn"), Is(found.Facts, "signature"), Is(found.Facts, "accepted"))
            : null,
        cancellation);

    private static bool Is(IReadOnlyDictionary<string, string> facts, string name) => facts.GetValueOrDefault(name) == "yes";

    private static string Sign(bool isSo) => isSo ? "✓" : "✗";
}
