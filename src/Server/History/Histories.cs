using System.Globalization;
using Evercard.Lifecycle;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.History;

/// <summary>One event as it is read.</summary>
/// <param name="When">"22 November 2026, 8:06am".</param>
/// <param name="What">A sentence.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Computer">At which computer; null where it was at none, or at one that is not known.</param>
public sealed record HistoryLine(string When, string What, string Who, string? Computer);

/// <summary>What a page of a history shows.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="Older">Goes into the address of the next page; null where this is the last one.</param>
/// <param name="IsWhole">Every link of the trail that was checked holds.</param>
/// <param name="Checked">What was checked, in words.</param>
public sealed record HistoryView(IReadOnlyList<HistoryLine> Lines, long? Older, bool IsWhole, string Checked);

/// <summary>Reads the audit trail for people: of a person, or of one smartcard.</summary>
public sealed class Histories(Database database, TrailCheck trail, LifecycleOptions options)
{
    public const int PageSize = 50;

    /// <summary>What concerns the person who reads it, and that person's cards.</summary>
    public Task<HistoryView> OfPerson(string uuid, long? before, CancellationToken cancellation) => OfPerson(uuid, uuid, before, cancellation);

    /// <summary>The same of somebody else.</summary>
    public Task<HistoryView> OfOther(string uuid, long? before, CancellationToken cancellation) => OfPerson(uuid, null, before, cancellation);

    private Task<HistoryView> OfPerson(string uuid, string? reader, long? before, CancellationToken cancellation) => Read(
        reader,
        async registry =>
        {
            var cards = await registry.Smartcards.Where(c => c.PersonUuid == uuid).Select(c => (Guid?)c.Id).ToListAsync(cancellation);
            return registry.AuditEvents.Where(e => e.PersonUuid == uuid || cards.Contains(e.SmartcardId));
        },
        before,
        cancellation);

    /// <summary>What concerns this smartcard.</summary>
    public Task<HistoryView> OfCard(Guid smartcardId, long? before, CancellationToken cancellation) =>
        Read(null, registry => Task.FromResult(registry.AuditEvents.Where(e => e.SmartcardId == smartcardId)), before, cancellation);

    private async Task<HistoryView> Read(string? reader, Func<RegistryContext, Task<IQueryable<AuditEvent>>> which, long? before, CancellationToken cancellation)
    {
        var (lines, older) = await database.Read(
            async records =>
            {
                var registry = records.Registry;
                var events = await (await which(registry)).Where(e => before == null || e.Sequence < before)
                    .OrderByDescending(e => e.Sequence).Take(PageSize + 1).ToListAsync(cancellation);
                var shown = events.Take(PageSize).ToList();
                var doers = await Doers.Of(registry, shown, cancellation);
                var agents = shown.Select(e => e.AgentId).OfType<string>().Distinct().ToList();
                var computers = await registry.Agents.Where(a => agents.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.ComputerName, cancellation);
                return (shown.ConvertAll(e => Line(e, doers.NameOf(e, reader), computers)), events.Count > PageSize ? shown[^1].Sequence : (long?)null);
            },
            cancellation);
        var state = await trail.Look(cancellation);
        return new HistoryView(lines, older, state.Broken is null, InWords(state, options.TimeZone));
    }

    /// <summary>What was checked, and what came of it.</summary>
    public static string InWords(TrailState state, TimeZoneInfo zone)
    {
        string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
        return state.Broken is { } broken
            ? $"The audit trail does not hold at event {Number(broken.Sequence)}. Do not rely on this page, and tell your registration authority."
            : state.First == 1
                ? $"The whole audit trail was checked at {Expiry.TimeInWords(state.At, zone)}, and what was added since: {Number(state.Last)} events, of which these are some. None is missing, changed or in another order."
                : $"The newest part of the audit trail was checked at {Expiry.TimeInWords(state.At, zone)}, and what was added since: events {Number(state.First)} to {Number(state.Last)}. None is missing, changed or in another order.";
    }

    private HistoryLine Line(AuditEvent what, string who, Dictionary<string, string> computers) => new(
        $"{Expiry.InWords(what.At, options.TimeZone)}, {Expiry.TimeInWords(what.At, options.TimeZone)}",
        EventWords.Of(what.Kind, what.Facts),
        who,
        what.AgentId is { } agent ? computers.GetValueOrDefault(agent) : null);
}
