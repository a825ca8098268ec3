using Evercard.Lifecycle.Roles;
using Evercard.Registry.People;

namespace Evercard.Tests.Lifecycle.Roles;

/// <summary>Which organisations a role reaches from its own.</summary>
public sealed class RoleScopeTests
{
    private const string Northmere = "Northmere Registration Authority and Service Desk (demo)";

    [Fact]
    public void A_role_reaches_its_own_organisation() =>
        RoleScope.Covers(Of("DEMO1", "Thistledown Hospitals"), Of("DEMO1", "Thistledown Hospitals")).ShouldBeTrue();

    [Theory]
    [InlineData("Northmere Registration Authority, 01632 960100", true)]
    [InlineData("northmere registration authority", true)]
    [InlineData(Northmere, true)]
    [InlineData("Southmere Registration Authority, 01632 960100", false)]
    [InlineData("North, 01632 960100", false)]
    [InlineData("Northmere Registration Authority and Service Desk (demo) of old", false)]
    [InlineData("", false)]
    [InlineData(" , 01632 960100", false)]
    [InlineData(Organisation.SomeRegistrationAuthority, false)]
    public void Another_organisation_is_reached_where_its_record_names_that_of_the_role(string record, bool reached) =>
        RoleScope.Covers(Of("DEMO9", Northmere), Of("DEMO1", "Thistledown Hospitals", record)).ShouldBe(reached);

    [Fact]
    public void Two_organisations_with_one_registration_authority_do_not_reach_each_other() =>
        RoleScope.Covers(Of("DEMO1", "Thistledown Hospitals", Northmere), Of("DEMO2", "Puddlewick Surgery", Northmere)).ShouldBeFalse();

    private static Organisation Of(string code, string name, string? registrationAuthority = null) =>
        new() { Code = code, Name = name, RegistrationAuthority = registrationAuthority ?? Organisation.SomeRegistrationAuthority };
}
