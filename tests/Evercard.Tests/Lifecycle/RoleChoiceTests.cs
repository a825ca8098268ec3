using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

public sealed class RoleChoiceTests
{
    private const string Ward4 = "999000001001";
    private const string Outpatients = "999000001002";
    private const string Callums = "999000001003";

    [Fact]
    public async Task The_role_used_last_comes_first_at_the_next_log_in()
    {
        using var ward = await OfRoles();
        var (card, id) = await ward.Issue();
        var first = (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        first.Roles.Select(r => r.Id).ShouldBe([Outpatients, Ward4]);

        (await Choose(ward, first.SessionSecret, Ward4)).ShouldBeNull();

        (await ward.Read(r => r.Registry.Sessions.SingleAsync())).RoleProfileId.ShouldBe(Ward4);
        (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>().Roles.Select(r => r.Id).ShouldBe([Ward4, Outpatients]);
    }

    [Fact]
    public async Task A_role_of_somebody_else_is_not_chosen()
    {
        using var ward = await OfRoles();
        var (card, id) = await ward.Issue();
        var session = (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();

        var refusal = await Choose(ward, session.SessionSecret, Callums);

        (refusal?.Code, refusal?.Detail).ShouldBe(("ROLE-WRONG", "That is not one of your roles."));
        (await ward.Read(r => r.Registry.Sessions.SingleAsync())).RoleProfileId.ShouldBeNull();
        (await ward.AuditTrail(id)).Last().ShouldBe("RoleRefused");
    }

    [Fact]
    public async Task A_session_that_is_over_or_of_another_agent_chooses_nothing()
    {
        using var ward = await OfRoles();
        var (card, id) = await ward.Issue();
        var session = (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();

        (await Choose(ward, session.SessionSecret, Ward4, "ward4-pc2"))?.Code.ShouldBe("LOGGED-OUT");
        ward.Time.Advance(ward.Options.SessionAtMost);
        (await Choose(ward, session.SessionSecret, Ward4))?.Code.ShouldBe("LOGGED-OUT");

        (await ward.Read(r => r.Registry.Sessions.SingleAsync())).RoleProfileId.ShouldBeNull();
    }

    private static Task<Evercard.Lifecycle.Refusal?> Choose(Ward ward, string secret, string role, string agent = "ward4-pc1") =>
        new RoleChoice(ward.Database, ward.Options, ward.Time).Choose(secret, agent, role, default);

    private static async Task<Ward> OfRoles()
    {
        var ward = await Ward.Open();
        await ward.Database.Write(
            async r =>
            {
                r.Registry.RoleProfiles.Add(Role(Ward4, SampleWard.Wren, "Staff nurse, Ward 4"));
                r.Registry.RoleProfiles.Add(Role(Outpatients, SampleWard.Wren, "Staff nurse, Outpatients"));
                r.Registry.RoleProfiles.Add(Role(Callums, SampleWard.Callum, "Pharmacist"));
                await r.Registry.Save(new AuditEvent { Kind = "RolesGiven" }, default);
            },
            default);
        return ward;
    }

    private static RoleProfile Role(string id, SamplePerson person, string name) => new()
    {
        Id = id, PersonUuid = person.Uuid, OrganisationCode = person.OrganisationCode, RoleCode = "S0080:G0450:R5080", RoleName = name,
    };
}
