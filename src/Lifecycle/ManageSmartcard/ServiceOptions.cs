using System.Collections.Frozen;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.People;

namespace Evercard.Lifecycle.ManageSmartcard;

/// <summary>What the options depend on.</summary>
/// <param name="State">Of the card.</param>
/// <param name="Operator">Who manages it, with the role of the log-in.</param>
/// <param name="IsOperatorsOwn">Cardholder and operator are the same person.</param>
/// <param name="Closed">Why the cardholder's profile lets nothing be done; null where it is open.</param>
/// <param name="RenewsFrom">The day from which renewal is offered, in words.</param>
public sealed record ServiceFacts(ManagedCardState State, ServiceOperator Operator, bool IsOperatorsOwn, Refusal? Closed, string? RenewsFrom);

/// <summary>Whoever stands at the desk.</summary>
/// <param name="Name">The person's name, as the organisation's lines begin.</param>
/// <param name="Role">As what; null where no role was chosen.</param>
/// <param name="Held">All roles of that person.</param>
/// <param name="Organisation">Of the role.</param>
/// <param name="Table">Which role may do what.</param>
public sealed record ServiceOperator(string Name, RoleProfile? Role, IReadOnlyList<RoleProfile> Held, Organisation Organisation, RoleTable Table);

/// <summary>One line under "Select smartcard service".</summary>
/// <param name="Act">What would be done.</param>
/// <param name="Label">As it is chosen.</param>
/// <param name="IsRecommended">What this card needs.</param>
/// <param name="NeedsReason">Only where the certificates are damaged; the reason is typed.</param>
/// <param name="WhyNot">Why it is not available now; null where it can be chosen.</param>
/// <param name="Refusal">The same from the catalogue, where it is there: what to do, and who can help.</param>
/// <param name="SwitchTo">The operator's role with which it would be available; null where that is not the point.</param>
public sealed record ServiceOption(
    ServiceAct Act, string Label, bool IsRecommended, bool NeedsReason, string? WhyNot = null, Refusal? Refusal = null, RoleProfile? SwitchTo = null)
{
    public bool IsAvailable => WhyNot is null;
}

/// <summary>What can be done with a card in this state, by this operator: a table and a pure function.</summary>
public static class ServiceOptions
{
    private const string Cancelled = "A cancelled smartcard never works again.";
    private const string NotNeeded = "Repair sets a passcode.";

    /// <summary>The acts that there are. An act without its pages is neither offered nor spoken of.</summary>
    public static IReadOnlySet<ServiceAct> Built { get; } = FrozenSet.Create(ServiceAct.Renew, ServiceAct.Repair, ServiceAct.Unlock, ServiceAct.Cancel);

    /// <summary>All options of the state, in the order in which they are shown, whether their pages exist or not.</summary>
    public static IReadOnlyList<ServiceOption> For(ServiceFacts facts) => [.. Table(facts).Select(option => Weigh(option, facts))];

    /// <summary>What is shown: those that are built.</summary>
    public static IReadOnlyList<ServiceOption> Shown(ServiceFacts facts) => [.. For(facts).Where(option => Built.Contains(option.Act))];

    /// <summary>The table of SCREENS 2.2; a state without an act's row does not know that act.</summary>
    private static IEnumerable<ServiceOption> Table(ServiceFacts facts) => facts.State switch
    {
        ManagedCardState.Valid =>
        [
            No(ServiceAct.Renew, facts.RenewsFrom is { } day ? $"It can be renewed from {day}." : "It is too early."),
            Yes(ServiceAct.Repair) with { NeedsReason = true },
            NewPasscode, Yes(ServiceAct.Cancel),
        ],
        ManagedCardState.Due =>
            [Best(ServiceAct.Renew), Yes(ServiceAct.Repair), NewPasscode, Yes(ServiceAct.Cancel)],
        ManagedCardState.Expired or ManagedCardState.LockedAndExpired =>
        [
            Best(ServiceAct.Repair), No(ServiceAct.Renew, "An expired smartcard cannot be renewed."),
            No(ServiceAct.Unlock, NotNeeded), Yes(ServiceAct.Cancel),
        ],
        ManagedCardState.Locked =>
        [
            Best(ServiceAct.Unlock), Yes(ServiceAct.Repair),
            No(ServiceAct.Renew, "It has to be unlocked first."), Yes(ServiceAct.Cancel),
        ],
        ManagedCardState.RenewalUnfinished =>
        [
            Best(ServiceAct.Renew) with { Label = "Finish renewal" },
            Yes(ServiceAct.Repair), NewPasscode, Yes(ServiceAct.Cancel),
        ],
        ManagedCardState.RepairUnfinished =>
        [
            Best(ServiceAct.Repair) with { Label = "Finish repair" },
            No(ServiceAct.Renew, "Its repair comes first."), No(ServiceAct.Unlock, NotNeeded), Yes(ServiceAct.Cancel),
        ],
        ManagedCardState.Cancelled =>
        [
            Yes(ServiceAct.Issue) with { Label = "Issue a new Smartcard" },
            No(ServiceAct.Renew, Cancelled), No(ServiceAct.Repair, Cancelled), No(ServiceAct.Unlock, Cancelled),
        ],
        ManagedCardState.Blank => [Best(ServiceAct.Issue)],
        _ => [],
    };

    /// <summary>First what the card allows, then who it belongs to, then the role.</summary>
    private static ServiceOption Weigh(ServiceOption option, ServiceFacts facts)
    {
        // A card that is of no more use to anybody can always be ended.
        if (facts.Closed is { } closed && option.Act != ServiceAct.Cancel)
        {
            return Not(option, closed);
        }

        if (!option.IsAvailable)
        {
            return option;
        }

        if (facts.IsOperatorsOwn && option.Act == ServiceAct.Repair)
        {
            return Not(option, Refusals.RepairSelf() with { Help = Others(facts.Operator) });
        }

        if (facts.IsOperatorsOwn && option.Act == ServiceAct.Unlock)
        {
            return Not(option, Refusals.UnlockSelf());
        }

        if (facts.IsOperatorsOwn && option.Act == ServiceAct.Cancel)
        {
            return Not(option, Refusals.CancelSelf() with { Help = Contacts.Contacts.Lines(facts.Operator.Organisation, Contacts.Contact.RegistrationAuthority) });
        }

        var (_, role, held, organisation, table) = facts.Operator;
        if (table.Allows(role?.RoleCode, option.Act.Permission()))
        {
            return option;
        }

        var advice = RoleAdvice.For(role, held, organisation, option.Act.Permission(), table);
        return Not(option, advice.Refusal) with { SwitchTo = advice.SwitchTo };
    }

    /// <summary>Who repairs here, without the one who asks.</summary>
    private static string? Others(ServiceOperator one) =>
        Contacts.Contacts.Lines(one.Organisation, Contacts.Contact.IdCheckers)?.Split('\n').Where(line => !line.StartsWith(one.Name, StringComparison.Ordinal)).ToList() is { Count: > 0 } lines
            ? string.Join('\n', lines)
            : null;

    private static ServiceOption Not(ServiceOption option, Refusal refusal) => option with { WhyNot = refusal.Detail, Refusal = refusal };

    /// <summary>The same act for a card that is not locked: its holder has forgotten the passcode.</summary>
    private static ServiceOption NewPasscode => Yes(ServiceAct.Unlock) with { Label = "Change passcode" };

    private static ServiceOption Yes(ServiceAct act) => new(act, act.Label(), IsRecommended: false, NeedsReason: false);

    private static ServiceOption Best(ServiceAct act) => Yes(act) with { IsRecommended = true };

    private static ServiceOption No(ServiceAct act, string why) => Yes(act) with { WhyNot = why };
}
