using Evercard.Lifecycle;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Attention;

/// <summary>"Cards that need attention": what nobody but a person can put right. Whatever was put right is no longer there.</summary>
[Authorize(Permission.Attention)]
public sealed class AttentionModel(AttentionScope scope, AttentionList list, Database database, LifecycleOptions options, TimeProvider time) : PageModel
{
    public const string Address = "/attention";

    /// <summary>Nobody does more on one day; the next ones come up as these are done.</summary>
    public const int MostShown = 50;

    public IReadOnlyList<AttentionItem> Shown { get; private set; } = [];

    public int All { get; private set; }

    public int Cards { get; private set; }

    /// <summary>Names of quarantined computers, for those who look after computers.</summary>
    public IReadOnlyList<string> Liars { get; private set; } = [];

    public bool ReadsHistories => HttpContext.May(RolePermission.History);

    public bool LooksUpReferences => HttpContext.May(RolePermission.ServiceDesk);

    public bool ManagesComputers => HttpContext.May(RolePermission.ApproveComputers);

    public bool ManagesCards => HttpContext.May(RolePermission.ManageSmartcard);

    public TimeZoneInfo Zone => options.TimeZone;

    public string LookedAt => Expiry.TimeInWords(time.GetUtcNow(), Zone);

    /// <summary>"1 card needs attention."</summary>
    public static string Count(int cards) => cards switch
    {
        0 => "No card needs attention.",
        1 => "1 card needs attention.",
        _ => $"{cards} cards need attention.",
    };

    public static string Computer(string name) => $"/computers?find={Uri.EscapeDataString(name)}";

    /// <summary>"12 November 2026 (10 days ago)".</summary>
    public string Since(Finding finding) => Words.DateAndDays(finding.Since, time.GetUtcNow(), Zone);

    public static string Colour(FindingKind kind) => kind switch
    {
        FindingKind.CardholderAlarm or FindingKind.MadeByLiar => "red",
        FindingKind.SeenOtherwise or FindingKind.CertificateGone or FindingKind.EndedHalfway or FindingKind.RepairUnfinished => "orange",
        _ => "grey",
    };

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        var items = await scope.Of(who, cancellation);
        (Shown, All, Cards) = ([.. items.Take(MostShown)], items.Count, AttentionScope.Cards(items));
        Liars = ManagesComputers ? await list.Liars(cancellation) : [];

        // It tells of many people at once: whoever reads it is written down.
        await database.Write(
            records => records.Registry.Save(
                new AuditEvent
                {
                    Kind = "AttentionRead",
                    AgentId = who.Browser.AgentId,
                    Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["operator"] = who.Person.Uuid, ["organisation"] = who.Organisation.Code, ["cards"] = Cards.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    },
                },
                cancellation),
            cancellation);
    }
}
