using Evercard.Lifecycle.Roles;
using Evercard.Registry.People;

namespace Evercard.Tests.Lifecycle.Roles;

public sealed class RoleAdviceTests
{
    private static readonly RoleTable Table = RoleTable.Of(RoleTable.Classic);
    private static readonly RoleProfile Receptionist = Role(1, "R8009", "Receptionist");
    private static readonly RoleProfile Checker = Role(2, "R5080", "ID Checker");
    private static readonly Organisation Hospitals = new() { Code = "DEMO1", Name = "Thistledown", IdCheckers = "Priya Saltmarsh, Main reception, 8am to 4pm" };

    [Fact]
    public void A_role_that_may_is_named_and_offered()
    {
        var advice = RoleAdvice.For(Receptionist, [Receptionist, Checker], Hospitals, RolePermission.Repair, Table);
        advice.SwitchTo.ShouldBe(Checker);
        (advice.Refusal.Code, advice.Refusal.Detail).ShouldBe(("ROLE-WRONG", "You are logged in as Receptionist. Repair needs your ID Checker role."));
    }

    [Fact]
    public void Of_several_the_one_at_the_organisation_of_today_comes_first()
    {
        var elsewhere = Role(0, "R5080", "ID Checker", "DEMO2");
        RoleAdvice.For(Receptionist, [elsewhere, Receptionist, Checker], Hospitals, RolePermission.Repair, Table).SwitchTo.ShouldBe(Checker);
    }

    [Fact]
    public void Whoever_has_no_such_role_reads_who_can()
    {
        var advice = RoleAdvice.For(Receptionist, [Receptionist], Hospitals, RolePermission.Repair, Table);
        advice.SwitchTo.ShouldBeNull();
        (advice.Refusal.Code, advice.Refusal.Detail).ShouldBe(("PERMISSION-NONE", "None of your roles can repair a smartcard."));
        advice.Refusal.Help.ShouldBe("Priya Saltmarsh, Main reception, 8am to 4pm");
    }

    [Fact]
    public void Where_nobody_is_on_record_the_registration_authority_is_asked() =>
        RoleAdvice.For(null, [], new Organisation { Code = "DEMO2", Name = "Puddlewick" }, RolePermission.Repair, Table).Refusal.NextStep
            .ShouldBe("Ask your registration authority.");

    [Fact]
    public void Whoever_chose_no_role_is_told_so() =>
        RoleAdvice.For(null, [Checker], Hospitals, RolePermission.ManageSmartcard, Table).Refusal.Detail
            .ShouldBe("You are logged in without a role. Manage Smartcard needs your ID Checker role.");

    private static RoleProfile Role(int number, string code, string name, string organisation = "DEMO1") => new()
    {
        Id = $"5{number:D11}", PersonUuid = "999000000017", OrganisationCode = organisation, RoleCode = $"S0080:G0450:{code}", RoleName = name,
    };
}
