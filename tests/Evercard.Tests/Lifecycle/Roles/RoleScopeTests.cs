using Evercard.Lifecycle.Roles;
using Evercard.Registry.People;

namespace Evercard.Tests.Lifecycle.Roles;

/// <summary>Which organisations a role reaches from its own.</summary>
public sealed class RoleScopeTests
{
    [Theory]
    [InlineData("DEMO1", null, true, "its own")]
    [InlineData("DEMO9", null, false, "no registration authority is on record")]
    [InlineData("DEMO9", "DEMO9", true, "its registration authority")]
    [InlineData("DEMO9", "demo9", false, "codes are compared as they are")]
    [InlineData("DEMO2", "DEMO9", false, "another organisation of the same registration authority")]
    public void A_role_reaches_its_own_organisation_and_those_whose_registration_authority_it_is(string ofRole, string? authority, bool reached, string because)
    {
        RoleScope.Covers(Of(ofRole, "DEMO9"), Of("DEMO1", authority)).ShouldBe(reached, because);
        RoleScope.CoveredBy(ofRole).Compile()(Of("DEMO1", authority)).ShouldBe(reached, "a query asks the same");
    }

    private static Organisation Of(string code, string? authority) => new() { Code = code, Name = code, RegistrationAuthorityCode = authority };
}
