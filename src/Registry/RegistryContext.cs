using System.Data.Common;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Help;
using Evercard.Registry.Journal;
using Evercard.Registry.Notifications;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Evercard.Registry;

/// <summary>People, cards, the journal and the audit trail. No change is saved without its audit event.</summary>
/// <remarks>
/// State columns are compared when they are set: whoever loses a race gets <see cref="DbUpdateConcurrencyException"/>.
/// After any exception out of <see cref="Save"/>, roll the transaction back and drop the context: it still holds the changes.
/// </remarks>
public class RegistryContext : DbContext
{
    internal const string MigrationsTable = "__registry_migrations";

    /// <summary>A request opens a dozen contexts, and one that is made anew costs more than a short query: whoever disposes of one gives it back.</summary>
    private static readonly PooledDbContextFactory<RegistryContext> OnSqlite =
        new(new DbContextOptionsBuilder<RegistryContext>().UseSqlite(sqlite => sqlite.MigrationsHistoryTable(MigrationsTable)).Options);

    private const string Closed = "No change without its audit event: use Save.";

    private TimeProvider time = TimeProvider.System;

    public RegistryContext(DbContextOptions<RegistryContext> options)
        : base(options)
    {
    }

    /// <summary>For a context of another database, whose options are of another type.</summary>
    private protected RegistryContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<Person> People => Set<Person>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<RoleProfile> RoleProfiles => Set<RoleProfile>();

    public DbSet<Smartcard> Smartcards => Set<Smartcard>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<Operation> Operations => Set<Operation>();

    public DbSet<OperationStep> OperationSteps => Set<OperationStep>();

    public DbSet<Agent> Agents => Set<Agent>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<BrowserSession> BrowserSessions => Set<BrowserSession>();

    public DbSet<PageKey> PageKeys => Set<PageKey>();

    public DbSet<ArticleAnswer> ArticleAnswers => Set<ArticleAnswer>();

    public DbSet<ServiceNotice> ServiceNotices => Set<ServiceNotice>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    /// <summary>How many events this context has written: whoever owns the transaction can see that there was one.</summary>
    public int EventsSaved { get; private set; }

    /// <summary>A context over a connection that somebody else owns and has opened: of SQLite, or of PostgreSQL.</summary>
    public static RegistryContext Over(DbConnection connection, TimeProvider time)
    {
        var context = connection is NpgsqlConnection ? PostgresRegistryContext.OnPostgres.CreateDbContext() : OnSqlite.CreateDbContext();
        (context.time, context.EventsSaved) = (time, 0);
        context.Database.SetDbConnection(connection);
        return context;
    }

    /// <summary>Writes all pending changes together with the event that tells of them.</summary>
    /// <param name="what">A new event. Its place in the chain and its time are given here.</param>
    /// <param name="ct">Cancels before the write; afterwards the transaction's owner decides.</param>
    /// <exception cref="InvalidOperationException">No transaction is open, the event was saved before, or a saved event was touched.</exception>
    /// <exception cref="ArgumentException">A row or the event is not well formed.</exception>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed a state first.</exception>
    /// <exception cref="DbUpdateException">A constraint of the database does not hold. Nothing of this call is written.</exception>
    public async Task Save(AuditEvent what, CancellationToken ct)
    {
        if (Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Changes and their audit event are saved inside a transaction.");
        }

        if (what.Sequence != 0)
        {
            throw new InvalidOperationException("An audit event is saved once.");
        }

        CheckPendingChanges();
        AuditLimits.Check(what);

        var last = await AuditEvents.AsNoTracking().OrderByDescending(e => e.Sequence).Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(ct);
        what.Sequence = (last?.Sequence ?? 0) + 1;
        what.At = time.GetUtcNow().ToUniversalTime();
        what.PreviousHash = last?.Hash ?? AuditHash.Start;
        what.Hash = AuditHash.Of(what);
        AuditEvents.Add(what);

        // The check above has looked for changes already.
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }

        EventsSaved++;
    }

    /// <summary>Closed.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new InvalidOperationException(Closed);

    /// <summary>Closed.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException(Closed);

    private void CheckPendingChanges()
    {
        foreach (var row in ChangeTracker.Entries())
        {
            if (row.Entity is AuditEvent && row.State != EntityState.Unchanged)
            {
                throw new InvalidOperationException("The audit trail only grows, by one event for each Save.");
            }

            if (row.State is EntityState.Added or EntityState.Modified)
            {
                WellFormed.Check(row.Entity);
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(RegistryContext).Assembly);
}
