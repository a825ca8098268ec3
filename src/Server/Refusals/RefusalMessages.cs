using Evercard.Lifecycle;
using Evercard.Protocol;

namespace Evercard.Server.Refusals;

/// <summary>The one mapping from a refusal to what an agent is told.</summary>
internal static class RefusalMessages
{
    public static Refused ToMessage(this Refusal refusal, string requestId) =>
        new(
            requestId, refusal.Code, refusal.Detail, refusal.NextStep, refusal.Reference, refusal.TriesLeft,
            refusal.Help is { } help ? new Dictionary<string, string>(StringComparer.Ordinal) { ["help"] = help } : null);
}
