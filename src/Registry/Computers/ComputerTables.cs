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

internal sealed class BrowserSessionsTable : IEntityTypeConfiguration<BrowserSession>
{
    public void Configure(EntityTypeBuilder<BrowserSession> table)
    {
        table.ToTable("browser_sessions");
        table.HasKey(b => b.Id);
        table.Property(b => b.JoinedAt).IsConcurrencyToken();
        table.HasIndex(b => b.SessionId);
    }
}

internal sealed class PageKeysTable : IEntityTypeConfiguration<PageKey>
{
    public void Configure(EntityTypeBuilder<PageKey> table)
    {
        table.ToTable("page_keys");
        table.HasKey(k => k.Id);
    }
}
