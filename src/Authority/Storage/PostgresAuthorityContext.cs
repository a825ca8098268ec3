using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evercard.Authority.Storage;

/// <summary>The same tables on PostgreSQL. A type of its own, because migrations belong to a type of context; only <see cref="AuthorityContext.Over"/> makes one.</summary>
internal sealed class PostgresAuthorityContext(DbContextOptions<PostgresAuthorityContext> options) : AuthorityContext(options)
{
    public static readonly PooledDbContextFactory<PostgresAuthorityContext> OnPostgres = new(
        new DbContextOptionsBuilder<PostgresAuthorityContext>()
            .UseNpgsql(
                postgres => postgres.MigrationsHistoryTable(MigrationsTable)

                    // The provider's own would hide a lost connection in an InvalidOperationException.
                    .ExecutionStrategy(on => new NonRetryingExecutionStrategy(on)))
            .Options);

    /// <summary>Byte by byte: texts are compared and sorted as SQLite does it, whatever language the database was made for.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}
