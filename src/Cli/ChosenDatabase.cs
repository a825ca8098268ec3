using System.Data.Common;
using Evercard.Lifecycle;
using Microsoft.Data.Sqlite;

namespace Evercard.Cli;

/// <summary>The database that a command is about. No command makes one.</summary>
public sealed class ChosenDatabase
{
    /// <summary>The server's own setting: where it has a PostgreSQL database, its password stands on no command line.</summary>
    public const string Setting = "EVERCARD_Database";

    public const int Unusable = 2;

    private readonly string name;
    private readonly string connectionString;
    private readonly FileInfo? file;

    /// <summary>A SQLite file.</summary>
    public ChosenDatabase(FileInfo file)
    {
        (name, this.file) = (file.FullName, file);
        connectionString = new SqliteConnectionStringBuilder { DataSource = file.FullName, Mode = SqliteOpenMode.ReadWrite }.ToString();
    }

    /// <param name="connectionString">As the server has it.</param>
    public ChosenDatabase(string connectionString)
    {
        (name, this.connectionString) = ($"What {Setting} names", connectionString);
        if (new DbConnectionStringBuilder { ConnectionString = connectionString }.TryGetValue("Data Source", out var path))
        {
            file = new FileInfo((string)path);
        }
    }

    /// <param name="option">What stands after --database: a file; null where it was left out.</param>
    /// <param name="setting">The environment variable <see cref="Setting"/>; null where it is not set.</param>
    /// <param name="fault">Why there is none.</param>
    public static ChosenDatabase? Of(string? option, string? setting, out string? fault)
    {
        fault = option is null
            ? string.IsNullOrWhiteSpace(setting) ? $"Name the database: --database FILE, or its connection string in the environment variable {Setting}." : Database.FindFault(setting)
            : !IsConnectionString(option) ? null
            : $"--database takes a file. A connection string belongs into the environment variable {Setting}, where others do not see its password.";
        return fault is not null ? null : option is null ? new ChosenDatabase(setting!) : new ChosenDatabase(new FileInfo(option));
    }

    /// <summary>Does something with it.</summary>
    /// <returns>What <paramref name="work"/> returns; <see cref="Unusable"/>, with the reason told, where there is no such database.</returns>
    public async Task<int> Try(Func<Database, Task<int>> work, TextWriter output, TimeProvider time)
    {
        file?.Refresh();
        if (file?.Exists == false)
        {
            await output.WriteLineAsync($"There is no file {file.FullName}.");
            return Unusable;
        }

        try
        {
            return await work(new Database(connectionString, time));
        }
        catch (DbException e)
        {
            await output.WriteLineAsync($"{name} is no database of Evercard's, or cannot be reached: {e.Message}");
            return Unusable;
        }
    }

    private static bool IsConnectionString(string text) =>
        text.Contains("Host=", StringComparison.OrdinalIgnoreCase) || text.Contains("Password=", StringComparison.OrdinalIgnoreCase);
}
