using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle.Reconciliation;

/// <summary>What is found about cards is shown until its cause is gone, and to those whom it concerns.</summary>
public sealed class AttentionListTests
{
    [Fact]
    public async Task A_card_seen_with_the_key_that_was_replaced_is_shown_until_it_is_repaired_and_so_is_what_else_its_liar_made()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var liar = await ward.AddComputer("LIAR1");
        var (honest, honestId) = await ward.Issue(30, person: SampleWard.Wren);
        (await ward.Visit(honest, honestId, await ward.Session(honest, honestId, liar), liar)).ShouldBeOfType<RenewalOutcome.Completed>();
        var (card, id) = await desk.Working(30);
        (await ward.Visit(card, id, await ward.Session(card, id, liar), liar, through: inner => new KeySwapper(inner, "never"))).ShouldBeOfType<RenewalOutcome.Completed>();
        (await Kinds(ward)).ShouldBeEmpty("nobody knows yet");

        ward.Time.Advance(TimeSpan.FromHours(2));
        (await ward.LogInWith(card, id, "ward4-pc2")).ShouldBeOfType<LogInOutcome.Refused>();
        (await Kinds(ward)).ShouldBe([(honestId, FindingKind.MadeByLiar), (id, FindingKind.MadeByLiar), (id, FindingKind.CertificateGone)], ignoreOrder: true);
        var found = await ward.Attention.Of(null, default);
        found[0].Finding.Liar.ShouldBe("LIAR1");
        found.Single(item => item.Finding.Kind == FindingKind.CertificateGone).Finding.Since.ShouldBe(ward.Time.Now);
        (await ward.Attention.Liars(default)).ShouldBe(["LIAR1"]);
        (await ward.Reconcile()).Deeds.ShouldBeEmpty("what a person has to decide is left to a person");

        await Repair(desk, card, id);
        (await Kinds(ward)).ShouldBe([(honestId, FindingKind.MadeByLiar)]);
    }

    /// <summary>Nothing is taken from it: the card may be damaged, or somebody plays with a copy of its number.</summary>
    [Fact]
    public async Task A_card_seen_with_a_key_that_nobody_knows_is_shown_until_it_is_seen_as_it_should_be()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var (other, _) = await ward.Issue();
        var list = ward.Attention;
        (await list.Of(null, default)).ShouldBeEmpty();
        var own = card.Image.Read(DataObject.AuthenticationCertificate)!.ToArray();
        card.Image.Write(DataObject.AuthenticationCertificate, other.Image.Read(DataObject.AuthenticationCertificate)!);
        (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.Refused>().Refusal.Code.ShouldBe("REPAIR-NEEDED");
        var found = (await list.Of([SampleOrganisations.Hospitals], default)).Single();
        (found.SmartcardId, found.Finding.Kind, found.Finding.Computer, found.Finding.Since).ShouldBe((id, FindingKind.SeenOtherwise, "WARD4-PC1", ward.Time.Now));
        (await list.Of([SampleOrganisations.Surgery], default)).ShouldBeEmpty();
        (await ward.Reconcile()).Deeds.ShouldBeEmpty();
        ward.Time.Advance(TimeSpan.FromDays(1));
        (await ward.Attention.Of(null, default)).Single().Finding.Since.ShouldBe(found.Finding.Since, "another node, or this one after a start, finds the same");

        card.Image.Write(DataObject.AuthenticationCertificate, own);
        (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        (await list.Of(null, default)).ShouldBeEmpty();
        card.Image.Write(DataObject.AuthenticationCertificate, other.Image.Read(DataObject.AuthenticationCertificate)!);
        await ward.LogInWith(card, id);
        (await list.Of(null, default)).Single().Finding.Since.ShouldBe(ward.Time.Now, "it is bad news once more");
    }

    [Fact]
    public async Task A_renewal_in_which_a_computer_lied_is_shown_with_that_computer_until_it_is_finished_at_another()
    {
        using var ward = await Ward.Open();
        var liar = await ward.AddComputer("LIAR1");
        var (card, id) = await ward.Issue();
        await ward.Visit(card, id, await ward.Session(card, id, liar), liar, through: inner => new KeySwapper(inner, "write and prove 9C"));
        (await ward.Visit(card, id, null, liar)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("AGENT-QUARANTINED");
        var item = (await ward.Attention.Of(null, default)).Single();
        (item.FullName, item.PersonUuid, item.Finding.Kind, item.Finding.Liar).ShouldBe(("Wren Holloway", SampleWard.Wren.Uuid, FindingKind.RenewalUnfinished, "LIAR1"));
        (await ward.Reconcile()).NotDone.ShouldBeEmpty();
        (await ward.Visit(card, id, null, "ward4-pc2", takeOver: true)).ShouldBeOfType<RenewalOutcome.Completed>();
        (await Kinds(ward)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alarm_of_the_cardholder_is_shown_until_a_repair_or_the_end_of_the_card()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (card, id) = await desk.Working(30);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();
        await Change(ward, r => r.Registry.Notifications.Where(n => n.SmartcardId == id).ToList().ForEach(n => n.AlarmRaisedAt = ward.Time.Now));
        (await Kinds(ward)).ShouldBe([(id, FindingKind.CardholderAlarm)]);
        FindingWords.Found((await ward.Attention.Of(null, default))[0].Finding, ward.Options.TimeZone).ShouldStartWith("The cardholder said on 22 November 2026 at 8:00am that ");

        ward.Time.Advance(TimeSpan.FromMinutes(10));
        await Repair(desk, card, id);
        (await Kinds(ward)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Organisations_that_were_not_asked_for_are_not_in_it_and_a_cancelled_card_is_not_either()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        await ward.Visit(card, id, await ward.Session(card, id), through: inner => new LostAt(inner, "write and prove 9C"));
        (await ward.Attention.Of([SampleOrganisations.Hospitals], default)).Single().SmartcardId.ShouldBe(id);
        (await ward.Attention.Of([SampleOrganisations.Surgery, SampleOrganisations.Pharmacy], default)).ShouldBeEmpty();
        (await ward.Attention.Of([], default)).ShouldBeEmpty();

        await Change(ward, r => r.Registry.People.Single(p => p.Uuid == SampleWard.Wren.Uuid).Status = PersonStatus.Closed);
        (await Kinds(ward)).ShouldBe([(id, FindingKind.ProfileClosed)]);
        await Change(ward, r => r.Registry.Smartcards.Single(c => c.Id == id).Status = SmartcardStatus.Cancelled);
        (await Kinds(ward)).ShouldBeEmpty();
    }

    /// <summary>The dashboard counts these: no cause reads a whole table where organisations are named.</summary>
    [Fact]
    public async Task Every_cause_goes_by_an_index()
    {
        if (TestDatabase.IsPostgres)
        {
            return; // A plan of SQLite's. PostgreSQL reads tables of a few rows whole, whatever indexes there are, which are the same.
        }

        using var ward = await Ward.Open();
        var plans = await ward.Read(async r =>
        {
            var told = new List<string>();
            foreach (var query in AttentionQueries.Candidates(r.Registry, ["DEMO1", "DEMO2"], ward.Time.Now).Append(AttentionQueries.MadeByLiars(r.Registry, ["DEMO1"])))
            {
                await using var command = query.CreateDbCommand();
                command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
                await using var steps = await command.ExecuteReaderAsync();
                while (await steps.ReadAsync())
                {
                    told.Add(steps.GetString(steps.GetOrdinal("detail")));
                }
            }

            return told;
        });
        plans.Count.ShouldBeGreaterThan(12);
        plans.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains(" INDEX ", StringComparison.Ordinal) && !step.Contains("json_each", StringComparison.Ordinal))
            .ShouldBeEmpty(string.Join('\n', plans));
    }

    private static async Task<List<(Guid, FindingKind)>> Kinds(Ward ward) => [.. (await ward.Attention.Of(null, default)).Select(item => (item.SmartcardId, item.Finding.Kind))];

    /// <summary>A card that does not look as if it needed it is repaired for a reason.</summary>
    private static async Task Repair(Desk desk, SimulatedCard card, Guid id)
    {
        var asked = (await desk.Ask(id, reason: "It is on the list of cards that need attention.")).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(asked.OperationId)).ShouldBeNull();
        (await desk.Run(card, id, asked.OperationId)).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    private static Task Change(Ward ward, Action<Records> change) => ward.Database.Write(
        async r =>
        {
            change(r);
            await r.Registry.Save(new AuditEvent { Kind = "SomethingElse" }, default);
        },
        default);
}
