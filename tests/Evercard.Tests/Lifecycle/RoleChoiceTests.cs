using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Roles;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

public sealed class RoleChoiceTests
{
    [Fact]
    public async Task The_role_used_last_comes_first_at_the_next_log_in()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var first = (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        first.Roles.Count.ShouldBe(2);

        (await Choose(ward, first.SessionSecret, first.Roles[1].Id)).ShouldBeNull();

        (await ward.Read(r => r.Registry.Sessions.SingleAsync())).RoleProfileId.ShouldBe(first.Roles[1].Id);
        (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>().Roles.ShouldBe([first.Roles[1], first.Roles[0]]);
    }

    [Fact]
    public async Task A_role_of_somebody_else_is_not_chosen()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();

        var refusal = await Choose(ward, session.SessionSecret, await RoleOf(ward, SampleWard.Callum));

        (refusal?.Code, refusal?.Detail).ShouldBe(("ROLE-NOT-YOURS", "That is not one of your roles."));
        (await ward.Read(r => r.Registry.Sessions.SingleAsync())).RoleProfileId.ShouldBeNull();
        (await ward.AuditTrail(id)).Last().ShouldBe("RoleRefused");
    }

    [Fact]
    public async Task A_session_that_is_over_or_of_another_agent_chooses_nothing()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();

        (await Choose(ward, session.SessionSecret, session.Roles[0].Id, "ward4-pc2"))?.Code.ShouldBe("LOGGED-OUT");
        ward.Time.Advance(ward.Options.SessionAtMost);
        (await Choose(ward, session.SessionSecret, session.Roles[0].Id))?.Code.ShouldBe("LOGGED-OUT");

        (await ward.Read(r => r.Registry.Sessions.SingleAsync())).RoleProfileId.ShouldBeNull();
    }

    private static Task<Evercard.Lifecycle.Refusal?> Choose(Ward ward, string secret, string role, string agent = "ward4-pc1") =>
        new RoleChoice(ward.Database, ward.Options, ward.Time).Choose(secret, agent, role, default);

    private static Task<string> RoleOf(Ward ward, SamplePerson person) =>
        ward.Read(r => r.Registry.RoleProfiles.Where(p => p.PersonUuid == person.Uuid).Select(p => p.Id).FirstAsync());
}
