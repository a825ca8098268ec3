using Evercard.DevHost.SampleCards;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Dashboard;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.ManageSmartcard;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.Dashboard;

/// <summary>The line of the dashboard that says what waits for those who manage smartcards.</summary>
public sealed class WorkTodayTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Theory]
    [InlineData(0, 0, "Today: no repairs unfinished, no cards expired in your organisation")]
    [InlineData(1, 1, "Today: 1 repair unfinished, 1 card expired in your organisation")]
    [InlineData(2, 5, "Today: 2 repairs unfinished, 5 cards expired in your organisation")]
    public void It_is_said_in_words(int repairs, int cards, string words) => new WorkToday(repairs, cards).Words.ShouldBe(words);

    [Fact]
    public async Task The_dashboard_counts_unfinished_repairs_and_expired_cards_of_the_organisation_for_those_who_manage()
    {
        // Of the hospitals: two that expire, one of them with a repair that was cut; one cancelled and one of somebody who left. Of the surgery: one.
        var (_, cut) = await service.Issue(1, SamplePeople.Max);
        await service.Issue(1, SamplePeople.Ned);
        var (_, cancelled) = await service.Issue(1, SamplePeople.Sol);
        await service.Issue(1, SamplePeople.Perry);
        var (_, elsewhere) = await service.Issue(1, SamplePeople.Rosa);
        service.Time.Advance(TimeSpan.FromDays(3));
        await service.Change("Sample", r =>
        {
            r.Registry.Smartcards.Single(c => c.Id == cancelled).Status = SmartcardStatus.Cancelled;
            r.Registry.People.Single(p => p.Uuid == SamplePeople.Perry.Uuid).Status = PersonStatus.Closed;
            r.Registry.Operations.AddRange(Repair(cut, SamplePeople.Max, OperationState.Waiting), Repair(elsewhere, SamplePeople.Rosa, OperationState.Open));
        });

        using var priya = await Operator.At(service, SamplePeople.Priya, "R5080");
        (await priya.Browser.Text("/")).ShouldContain("<p>Today: 1 repair unfinished, 2 cards expired in your organisation</p>");
        var counts = service.Services.GetRequiredService<WorkCounts>();
        (await counts.Of(SampleOrganisations.Surgery, default)).ShouldBe(new WorkToday(1, 1));

        // Cards are counted once a minute, repairs each time.
        await service.Change("Sample", r =>
        {
            r.Registry.Smartcards.Single(c => c.Id == elsewhere).Status = SmartcardStatus.Cancelled;
            r.Registry.Operations.Single(o => o.SmartcardId == elsewhere && o.Act == Act.Repair).State = OperationState.Aborted;
        });
        (await counts.Of(SampleOrganisations.Surgery, default)).ShouldBe(new WorkToday(0, 1));
        service.Time.Advance(TimeSpan.FromSeconds(61));
        (await counts.Of(SampleOrganisations.Surgery, default)).ShouldBe(new WorkToday(0, 0));
        await priya.Choose(service, SamplePeople.Priya, "R8009");
        (await priya.Browser.Text("/")).ShouldNotContain("Today:");
    }

    /// <summary>A dashboard is opened often: neither count reads a whole table.</summary>
    [Fact]
    public async Task Both_counts_go_by_an_index()
    {
        var steps = await service.Read(async r => (string[])
        [
            .. await Plan(WorkCounts.UnfinishedRepairs(r.Registry, SampleOrganisations.Hospitals)),
            .. await Plan(WorkCounts.ExpiredCards(r.Registry, SampleOrganisations.Hospitals, service.Time.GetUtcNow())),
        ]);
        steps.Length.ShouldBeGreaterThanOrEqualTo(5);
        steps.ShouldAllBe(
            step => TestDatabase.IsPostgres ? !step.Contains("Seq Scan", StringComparison.Ordinal) : step.Contains(" INDEX ", StringComparison.Ordinal),
            string.Join('\n', steps));
    }

    private static async Task<List<string>> Plan(IQueryable<Guid> query)
    {
        await using var command = query.CreateDbCommand();
        var wanted = command.CommandText;
        if (TestDatabase.IsPostgres)
        {
            // Tables as small as these are read as a whole whatever indexes they have: that is made unattractive.
            command.CommandText = "SET LOCAL enable_seqscan = off";
            await command.ExecuteNonQueryAsync();
        }

        command.CommandText = $"EXPLAIN {(TestDatabase.IsPostgres ? "" : "QUERY PLAN ")}{wanted}";
        await using var steps = await command.ExecuteReaderAsync();
        var told = new List<string>();
        while (await steps.ReadAsync())
        {
            told.Add(steps.GetString(TestDatabase.IsPostgres ? 0 : steps.GetOrdinal("detail")));
        }

        return told;
    }

    private Operation Repair(Guid card, SamplePerson person, OperationState state) => new()
    {
        Id = Guid.NewGuid(),
        Reference = OperationReference.New(),
        Act = Act.Repair,
        SmartcardId = card,
        PersonUuid = person.Uuid,
        State = state,
        AgentId = "a",
        ComputerName = "WARD4-PC2",
        NotAfter = service.Time.GetUtcNow().AddYears(2),
        OpenedAt = service.Time.GetUtcNow(),
        FinishBy = service.Time.GetUtcNow().AddDays(14),
        TouchedAt = service.Time.GetUtcNow(),
    };
}
