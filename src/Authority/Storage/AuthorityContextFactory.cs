using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Evercard.Authority.Storage;

/// <summary>For the migrations tool, which needs a context and no data.</summary>
internal sealed class AuthorityContextFactory : IDesignTimeDbContextFactory<AuthorityContext>
{
    public AuthorityContext CreateDbContext(string[] args) => AuthorityContext.Over(new SqliteConnection("Data Source=:memory:"));
}

/// <inheritdoc cref="AuthorityContextFactory"/>
internal sealed class PostgresAuthorityContextFactory : IDesignTimeDbContextFactory<PostgresAuthorityContext>
{
    public PostgresAuthorityContext CreateDbContext(string[] args) => (PostgresAuthorityContext)AuthorityContext.Over(new NpgsqlConnection("Host=nowhere"));
}
