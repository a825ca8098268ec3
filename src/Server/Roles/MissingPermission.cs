using Evercard.Lifecycle.Roles;
using Evercard.Look;
using Evercard.Registry.People;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;

namespace Evercard.Server.Roles;

/// <summary>Somebody is logged in, and the chosen role may not go there: the page says why, and who can or which role to switch to.</summary>
public sealed class MissingPermission(HeldRoles held, RoleTable table)
{
    private static readonly object Noted = new();

    /// <summary>Remembers for the page that is shown instead what was asked for.</summary>
    internal static void Note(HttpContext context)
    {
        var asked = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(one => RolePermissions.Find(one.Policy));
        context.Items[Noted] = asked?.FirstOrDefault(permission => permission is { } one && !context.May(one));
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    /// <returns>Null where nothing was noted.</returns>
    public async Task<RefusalView?> Explain(HttpContext context, string returnPath, CancellationToken cancellation) =>
        context.Items.TryGetValue(Noted, out var noted) && noted is RolePermission wanted && context.SignedIn() is { IsLive: true } who
            ? View(await For(who, wanted, cancellation), returnPath)
            : null;

    /// <summary>What keeps this log-in from it.</summary>
    public async Task<RoleAdvice> For(SignedIn who, RolePermission wanted, CancellationToken cancellation) =>
        RoleAdvice.For(who.Role, await held.Of(who.Person.Uuid, cancellation), who.Organisation, wanted, table);

    /// <summary>The way to another role and back.</summary>
    public static string SwitchAddress(RoleProfile role, string returnPath) =>
        $"/role?role={Uri.EscapeDataString(role.Id)}&return={Uri.EscapeDataString(returnPath)}";

    private static RefusalView View(RoleAdvice advice, string returnPath) => advice.SwitchTo is { } role
        ? advice.Refusal.ToView(
            new RefusalAction($"Switch to {role.RoleName}", SwitchAddress(role, returnPath), IsPost: true),
            new RefusalAction("Who can do what", "/who-can"), new RefusalAction("Back to the dashboard", "/"))
        : advice.Refusal.ToView(new RefusalAction("Back to the dashboard", "/"), new RefusalAction("Who can do what", "/who-can"));
}
