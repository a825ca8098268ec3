using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Design;

namespace Evercard.Registry;

/// <summary>What <c>dotnet ef migrations add</c> looks at. It opens no database.</summary>
internal sealed class RegistryContextForTools : IDesignTimeDbContextFactory<RegistryContext>
{
    public RegistryContext CreateDbContext(string[] args) => new(RegistryContext.Over(new SqliteConnection("Data Source=:memory:")), TimeProvider.System);
}
