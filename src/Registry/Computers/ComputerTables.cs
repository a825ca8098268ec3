using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evercard.Registry.Computers;

internal sealed class AgentsTable : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> table)
    {
        table.ToTable("agents");
        table.HasKey(a => a.Id);
        table.Property(a => a.Status).IsConcurrencyToken();
    }
}

internal sealed class SessionsTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> table)
    {
        table.ToTable("sessions");
        table.HasKey(s => s.Id);
        table.HasIndex(s => s.AgentId);
    }
}
