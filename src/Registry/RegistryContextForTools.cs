using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Evercard.Registry;

/// <summary>What <c>dotnet ef migrations add</c> looks at. It opens no database.</summary>
internal sealed class RegistryContextForTools : IDesignTimeDbContextFactory<RegistryContext>
{
    public RegistryContext CreateDbContext(string[] args) => RegistryContext.Over(new SqliteConnection("Data Source=:memory:"), TimeProvider.System);
}

/// <inheritdoc cref="RegistryContextForTools"/>
internal sealed class PostgresRegistryContextForTools : IDesignTimeDbContextFactory<PostgresRegistryContext>
{
    public PostgresRegistryContext CreateDbContext(string[] args) => (PostgresRegistryContext)RegistryContext.Over(new NpgsqlConnection("Host=nowhere"), TimeProvider.System);
}
