using Evercard.Registry;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Registry;

public sealed class MigrationTests : IDisposable
{
    private readonly RegistryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_migrations_make_the_whole_model()
    {
        using var connection = _file.Connect();
        using var registry = new RegistryContext(RegistryContext.Over(connection), _file.Time);

        registry.Database.GetPendingMigrations().ShouldBeEmpty();
        registry.Database.HasPendingModelChanges().ShouldBeFalse("dotnet ef migrations add NAME --project src/Registry");
        registry.Model.GetEntityTypes().Select(e => e.GetTableName()).Order(StringComparer.Ordinal).ShouldBe(
        [
            "agents", "article_answers", "audit_events", "browser_sessions", "credentials", "notifications", "operation_steps", "operations", "organisations", "page_keys", "people",
            "role_profiles", "service_notices", "sessions", "smartcards",
        ]);
    }

    [Fact]
    public void The_history_of_migrations_has_a_table_of_its_own() => Tables().ShouldContain("__registry_migrations");

    private List<string> Tables()
    {
        using var connection = _file.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
