using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evercard.Registry.Audit;

/// <summary>No foreign keys: the trail outlives what it tells of.</summary>
internal sealed class AuditEventsTable : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> table)
    {
        table.ToTable("audit_events");
        table.HasKey(e => e.Sequence);
        table.Property(e => e.Sequence).ValueGeneratedNever();
        table.Property(e => e.Kind).HasMaxLength(AuditLimits.Kind);
        table.Property(e => e.Facts).HasConversion(facts => Write(facts), json => Read(json), Same);
        table.HasIndex(e => e.OperationId);
        table.HasIndex(e => e.SmartcardId);
        table.HasIndex(e => e.PersonUuid);
    }

    private static string Write(IReadOnlyDictionary<string, string> facts) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(facts.ToDictionary(), StringComparer.Ordinal));

    private static IReadOnlyDictionary<string, string> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? Unreadable(json);
        }
        catch (JsonException)
        {
            return Unreadable(json);
        }
    }

    /// <summary>Somebody wrote into the row. No saved fact has an empty name, so the event's hash cannot fit and the check names the row.</summary>
    private static Dictionary<string, string> Unreadable(string json) => new(StringComparer.Ordinal) { [""] = json };

    private static readonly ValueComparer<IReadOnlyDictionary<string, string>> Same =
        new((a, b) => Write(a!) == Write(b!), facts => StringComparer.Ordinal.GetHashCode(Write(facts)), facts => Read(Write(facts)));
}
