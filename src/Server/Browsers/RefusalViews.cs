using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Server.Help;

namespace Evercard.Server.Browsers;

/// <summary>A refusal as a page shows it.</summary>
internal static class RefusalViews
{
    public static RefusalView ToView(this Refusal refusal, params IReadOnlyList<RefusalAction> actions) => new(refusal.Code, refusal.Detail, refusal.NextStep)
    {
        Reference = refusal.Reference,
        HelpHref = RefusalHelp.AddressOf(refusal.Code),
        HelpLines = refusal.Help?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Actions = actions,
    };
}
