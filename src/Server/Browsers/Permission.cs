using Evercard.Lifecycle.Roles;

namespace Evercard.Server.Browsers;

/// <summary>What a route asks of whoever comes. Every route names one; a test reads them all. Those of roles bear the names of roles.json.</summary>
public static class Permission
{
    /// <summary>Logged in with a smartcard: what concerns this person and this card.</summary>
    public const string OwnCard = "own-card";

    /// <summary>See another person's card, and the person.</summary>
    public const string ManageSmartcard = "manage-smartcard";

    public const string Repair = "repair";
    public const string AssistedRenewal = "assisted-renewal";
    public const string Unlock = "unlock";
    public const string Cancel = "cancel";
    public const string Issue = "issue";
    public const string ApproveComputers = "approve-computers";
    public const string ServiceDesk = "service-desk";
    public const string History = "history";
    public const string Attention = "attention";
    public const string WhoCan = "who-can";

    /// <summary>A browser that was joined to an agent, logged in or not.</summary>
    public const string JoinedBrowser = "joined-browser";

    /// <summary>Whether the log-in of this browser may do it with the role that was chosen for it.</summary>
    public static bool May(this HttpContext context, RolePermission permission) =>
        context.SignedIn() is { IsLive: true } who && context.RequestServices.GetRequiredService<RoleTable>().Allows(who.Role?.RoleCode, permission);
}
