using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Evercard.Authority.Storage;

/// <summary>
/// The authority's tables. It saves only inside a transaction, which Lifecycle owns and shares with the registry's context,
/// so that certificates, journal and audit are committed together.
/// </summary>
public class AuthorityContext : DbContext
{
    public const string MigrationsTable = "__authority_migrations";

    /// <summary>Whoever disposes of a context gives it back: to make one anew costs more than a short query.</summary>
    private static readonly PooledDbContextFactory<AuthorityContext> OnSqlite =
        new(new DbContextOptionsBuilder<AuthorityContext>().UseSqlite(sqlite => sqlite.MigrationsHistoryTable(MigrationsTable)).Options);

    public AuthorityContext(DbContextOptions<AuthorityContext> options)
        : base(options)
    {
    }

    /// <summary>For a context of another database, whose options are of another type.</summary>
    private protected AuthorityContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<CertificateRecord> Certificates => Set<CertificateRecord>();

    public DbSet<CrlRecord> Crls => Set<CrlRecord>();

    /// <summary>A context over a connection that is the caller's: of SQLite, or of PostgreSQL.</summary>
    public static AuthorityContext Over(DbConnection connection)
    {
        var context = connection is NpgsqlConnection ? PostgresAuthorityContext.OnPostgres.CreateDbContext() : OnSqlite.CreateDbContext();
        context.PreparedIn.Clear();
        context.Database.SetDbConnection(connection);
        return context;
    }

    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RequireTransaction();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RequireTransaction();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>By order, the transaction in which this context stored to-be-signed bytes: record, then sign.</summary>
    internal Dictionary<string, Guid> PreparedIn { get; } = new(StringComparer.Ordinal);

    /// <summary>Begins one act of the authority. Rows in memory are dropped: they may come from a transaction that was rolled back.</summary>
    internal Guid BeginAct()
    {
        var transaction = RequireTransaction();
        ChangeTracker.Clear();
        return transaction;
    }

    private Guid RequireTransaction() => Database.CurrentTransaction?.TransactionId
        ?? throw new InvalidOperationException("The authority's records are saved only inside a transaction: begin one, or call Database.UseTransaction.");

    /// <summary>SQLite cannot compare offsets: times are stored as UTC ticks.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CertificateRecord>(record =>
        {
            record.ToTable("authority_certificates");
            record.HasKey(r => r.SerialNumber);
            record.Property(r => r.SerialNumber).HasMaxLength(32);
            record.Property(r => r.OrderId).HasMaxLength(100);
            record.HasIndex(r => r.OrderId).IsUnique();
            record.Property(r => r.OrderDigest).HasMaxLength(32);
            record.Property(r => r.Profile).HasMaxLength(40);
            record.Property(r => r.Issuer).HasMaxLength(40);
            record.Property(r => r.TokenDigest).HasMaxLength(32).IsConcurrencyToken();
            record.Property(r => r.RevokedAt).IsConcurrencyToken();
            record.Property(r => r.RevocationReason).HasConversion<int?>().IsConcurrencyToken();
            // What the next CRL of an issuer lists; most rows are not revoked, and are not in this index.
            record.HasIndex(r => new { r.Issuer, r.LastCrlNumber }).HasFilter("\"RevokedAt\" IS NOT NULL");
        });
        modelBuilder.Entity<CrlRecord>(record =>
        {
            record.ToTable("authority_crls");
            record.HasKey(r => r.Issuer);
            record.Property(r => r.Issuer).HasMaxLength(40);
            record.Property(r => r.Number).IsConcurrencyToken();
        });
    }
}
