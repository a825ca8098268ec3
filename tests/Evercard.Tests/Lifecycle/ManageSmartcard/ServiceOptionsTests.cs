using System.Text;
using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.People;
using Evercard.Tests.Support;

namespace Evercard.Tests.Lifecycle.ManageSmartcard;

/// <summary>SCREENS 2.2: card state and role to options, all of it.</summary>
public sealed class ServiceOptionsTests
{
    private static readonly Organisation Hospitals = new()
    {
        Code = "DEMO1", Name = "Thistledown", IdCheckers = "Priya Saltmarsh, Main reception\nFenn Applegarth, Outpatients desk",
    };

    [Theory]
    [InlineData(RoleTable.Classic)]
    [InlineData(RoleTable.Current)]
    public void Every_state_and_every_role_is_as_agreed(string preset)
    {
        var table = RoleTable.Of(preset);
        var text = new StringBuilder();
        foreach (var state in Enum.GetValues<ManagedCardState>())
        {
            text.AppendLine($"{state}");
            foreach (var role in table.Roles.Append(new KnownRole("R8009", "Receptionist")))
            {
                text.AppendLine($"  {role.Name}: {string.Join(" | ", ServiceOptions.For(Facts(state, table, role)).Select(Words))}".TrimEnd());
            }
        }

        GoldenFile.ShouldHold($"services-{preset}.txt", text.ToString(), "Lifecycle/ManageSmartcard");
    }

    /// <summary>The table as it stands in SCREENS 2.2, for an operator with full rights: "yes", "best", "no", "reason", or "-" where the act is not known.</summary>
    [Theory]
    [InlineData(ManagedCardState.Valid, "no", "reason", "yes", "yes", "-")]
    [InlineData(ManagedCardState.Due, "best", "yes", "yes", "yes", "-")]
    [InlineData(ManagedCardState.Expired, "no", "best", "no", "yes", "-")]
    [InlineData(ManagedCardState.Locked, "no", "yes", "best", "yes", "-")]
    [InlineData(ManagedCardState.LockedAndExpired, "no", "best", "no", "yes", "-")]
    [InlineData(ManagedCardState.RenewalUnfinished, "best", "yes", "yes", "yes", "-")]
    [InlineData(ManagedCardState.RepairUnfinished, "no", "best", "no", "yes", "-")]
    [InlineData(ManagedCardState.Cancelled, "no", "no", "no", "-", "yes")]
    [InlineData(ManagedCardState.NeverFinished, "-", "-", "-", "-", "-")]
    [InlineData(ManagedCardState.Blank, "-", "-", "-", "-", "best")]
    [InlineData(ManagedCardState.Unknown, "-", "-", "-", "-", "-")]
    public void With_full_rights_the_card_alone_decides(ManagedCardState state, params string[] expected)
    {
        var table = RoleTable.Of(RoleTable.Classic);
        var options = ServiceOptions.For(Facts(state, table, table.Roles.Single(role => role.Code == "R5090")));
        Enum.GetValues<ServiceAct>().Select(act => options.SingleOrDefault(option => option.Act == act) switch
        {
            null => "-",
            { IsAvailable: false } => "no",
            { IsRecommended: true } => "best",
            { NeedsReason: true } => "reason",
            _ => "yes",
        }).ShouldBe(expected);
    }

    [Fact]
    public void Only_what_is_built_is_shown()
    {
        var table = RoleTable.Of(RoleTable.Classic);
        foreach (var state in Enum.GetValues<ManagedCardState>())
        {
            ServiceOptions.Shown(Facts(state, table, table.Roles[0])).ShouldAllBe(option => ServiceOptions.Built.Contains(option.Act));
        }
    }

    [Fact]
    public void Nobody_repairs_the_own_card()
    {
        var table = RoleTable.Of(RoleTable.Classic);
        var facts = Facts(ManagedCardState.Expired, table, table.Find("R5080")!) with { IsOperatorsOwn = true };
        var repair = ServiceOptions.For(facts).Single(option => option.Act == ServiceAct.Repair);
        (repair.IsAvailable, repair.Refusal?.Code, repair.WhyNot).ShouldBe((false, "REPAIR-SELF", "You cannot repair your own smartcard."));
        repair.Refusal!.Help.ShouldBe("Fenn Applegarth, Outpatients desk");
    }

    [Fact]
    public void Nobody_cancels_the_own_card()
    {
        var table = RoleTable.Of(RoleTable.Classic);
        var facts = Facts(ManagedCardState.Due, table, table.Find("R5090")!) with { IsOperatorsOwn = true };
        var cancel = ServiceOptions.For(facts).Single(option => option.Act == ServiceAct.Cancel);
        (cancel.IsAvailable, cancel.Refusal?.Code, cancel.WhyNot).ShouldBe((false, "CANCEL-SELF", "You cannot cancel your own smartcard."));
    }

    [Fact]
    public void With_a_closed_profile_a_card_can_be_cancelled_and_nothing_else()
    {
        var table = RoleTable.Of(RoleTable.Classic);
        var closed = new Refusal("PROFILE-CLOSED", "Your profile was closed.", "Ask.");
        foreach (var state in Enum.GetValues<ManagedCardState>())
        {
            ServiceOptions.For(Facts(state, table, table.Roles[0]) with { Closed = closed })
                .ShouldAllBe(option => option.Act == ServiceAct.Cancel ? option.IsAvailable : option.Refusal == closed && !option.IsAvailable);
        }
    }

    [Fact]
    public void Another_role_of_the_same_person_is_offered()
    {
        var table = RoleTable.Of(RoleTable.Classic);
        var (lsa, checker) = (Role("R5110", "Local Smartcard Administrator"), Role("R5080", "ID Checker"));
        var facts = new ServiceFacts(ManagedCardState.Expired, new ServiceOperator("Priya Saltmarsh", lsa, [lsa, checker], Hospitals, table), false, null, null);
        var repair = ServiceOptions.For(facts).Single(option => option.Act == ServiceAct.Repair);
        (repair.Refusal?.Code, repair.SwitchTo).ShouldBe(("ROLE-WRONG", checker));
    }

    private static ServiceFacts Facts(ManagedCardState state, RoleTable table, KnownRole role)
    {
        var mine = Role(role.Code, role.Name);
        return new ServiceFacts(state, new ServiceOperator("Priya Saltmarsh", mine, [mine], Hospitals, table), IsOperatorsOwn: false, Closed: null, RenewsFrom: "4 December 2027");
    }

    private static string Words(ServiceOption option) =>
        $"{option.Label}{(option.WhyNot is null ? "" : $" [no: {option.Refusal?.Code ?? option.WhyNot}]")}{(option.IsRecommended ? " (recommended)" : "")}{(option.NeedsReason ? " (reason)" : "")}";

    private static RoleProfile Role(string code, string name) => new()
    {
        Id = $"5{code[1..]:D11}".PadRight(12, '0'), PersonUuid = "999000000017", OrganisationCode = "DEMO1", RoleCode = $"S0080:G0450:{code}", RoleName = name,
    };
}
