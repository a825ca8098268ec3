using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evercard.Registry;

/// <summary>The same tables on PostgreSQL. A type of its own, because migrations belong to a type of context; only <see cref="RegistryContext.Over"/> makes one.</summary>
internal sealed class PostgresRegistryContext(DbContextOptions<PostgresRegistryContext> options) : RegistryContext(options)
{
    /// <summary>Byte by byte: texts are compared and sorted as SQLite does it, whatever language the database was made for.</summary>
    private const string Collation = "C";

    public static readonly PooledDbContextFactory<PostgresRegistryContext> OnPostgres = new(
        new DbContextOptionsBuilder<PostgresRegistryContext>()
            .UseNpgsql(
                postgres => postgres.MigrationsHistoryTable(MigrationsTable)

                    // The provider's own would hide a lost connection in an InvalidOperationException.
                    .ExecutionStrategy(on => new NonRetryingExecutionStrategy(on)))
            .Options);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(Collation);
        configurationBuilder.Properties<Enum>().UseCollation(Collation);
    }
}
