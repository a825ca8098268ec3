using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Lifecycle.Roles;
using Evercard.Server.Browsers;

namespace Evercard.Server.ManageSmartcard;

/// <summary>What this operator can do with a card: gathers the facts for <see cref="ServiceOptions"/>.</summary>
public sealed class OfferedServices(HeldRoles held, RoleTable table, LifecycleOptions options)
{
    /// <summary>Those that are built, in the order in which they are shown.</summary>
    public async Task<IReadOnlyList<ServiceOption>> Of(SignedIn who, ManagedCard card, CancellationToken cancellation)
    {
        var renewsFrom = card.NotAfter is { } end ? Expiry.InWords(Expiry.WindowOpens(end, options.RenewalWindowDays, options.TimeZone), options.TimeZone) : null;
        return ServiceOptions.Shown(new ServiceFacts(
            card.State,
            new ServiceOperator(who.Person.FullName, who.Role, await held.Of(who.Person.Uuid, cancellation), who.Organisation, table),
            card.Holder.Uuid == who.Person.Uuid,
            card.Closed(options),
            renewsFrom));
    }
}
