using System.Data.Common;
using Evercard.Authority.Storage;
using Evercard.Registry;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Evercard.Tests.Registry;

public sealed class MigrationTests : IDisposable
{
    private readonly RegistryFile _file = new();

    public static TheoryData<string> Providers() => ["SQLite", "PostgreSQL"];

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_migrations_make_the_whole_model()
    {
        using var connection = _file.Connect();
        using var registry = RegistryContext.Over(connection, _file.Time);

        registry.Database.GetPendingMigrations().ShouldBeEmpty();
        registry.Model.GetEntityTypes().Select(e => e.GetTableName()).Order(StringComparer.Ordinal).ShouldBe(
        [
            "agents", "article_answers", "audit_events", "browser_sessions", "credentials", "notifications", "operation_steps", "operations", "organisations", "page_keys", "people",
            "role_profiles", "service_notices", "sessions", "smartcards",
        ]);
    }

    /// <summary>Needs no database: what the migrations make is written down beside them.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public void No_migration_is_missing(string provider)
    {
        using DbConnection nowhere = provider == "SQLite" ? new SqliteConnection("Data Source=:memory:") : new NpgsqlConnection("Host=nowhere");
        using var registry = RegistryContext.Over(nowhere, _file.Time);
        using var authority = AuthorityContext.Over(nowhere);

        foreach (var context in (DbContext[])[registry, authority])
        {
            context.Database.GetMigrations().ShouldNotBeEmpty();
            context.Database.HasPendingModelChanges().ShouldBeFalse($"see CONTRIBUTING.md: dotnet ef migrations add NAME --context {context.GetType().Name} …");
        }
    }

    /// <summary>PostgreSQL refuses what is longer than its column; SQLite takes it.</summary>
    [Fact]
    public void The_name_of_every_state_fits_into_its_column()
    {
        using var nowhere = new NpgsqlConnection("Host=nowhere");
        using var registry = RegistryContext.Over(nowhere, _file.Time);

        registry.Model.GetEntityTypes().SelectMany(e => e.GetProperties())
            .Select(p => (p.Name, Type: Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType, Longest: p.GetMaxLength()))
            .Where(p => p.Type.IsEnum)
            .SelectMany(p => Enum.GetNames(p.Type).Where(name => name.Length > p.Longest).Select(name => $"{p.Name} {name}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_history_of_migrations_has_a_table_of_its_own()
    {
        using var connection = _file.Connect();

        TestDatabase.Texts(
            connection,
            TestDatabase.IsPostgres ? "SELECT tablename FROM pg_tables" : "SELECT name FROM sqlite_master WHERE type = 'table'").ShouldContain("__registry_migrations");
    }
}
