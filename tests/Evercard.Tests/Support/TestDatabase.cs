using System.Data.Common;
using System.Text;
using Evercard.Lifecycle;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Evercard.Tests.Support;

/// <summary>
/// A database of one test's own. It is a SQLite file, or, where the environment variable EVERCARD_POSTGRES has the connection string of a
/// server on which databases may be made (dev/postgres start), one of that server: a copy of one that was migrated once for the run.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("EVERCARD_POSTGRES") is { Length: > 0 } server ? server : null;
    private static readonly Lazy<string> Template = new(MakeTemplate);
    private readonly string? name;

    private TestDatabase(string connectionString, string? name) => (ConnectionString, this.name) = (connectionString, name);

    public static bool IsPostgres => Server is not null;

    public string ConnectionString { get; }

    /// <param name="folder">Where a SQLite file is put; it is not made here.</param>
    public static TestDatabase In(string folder)
    {
        if (Server is null)
        {
            return new TestDatabase($"Data Source={Path.Combine(folder, "evercard.db")}", null);
        }

        var copy = $"evercard_{Guid.NewGuid():N}";
        Execute(Server, $"CREATE DATABASE {copy} TEMPLATE {Template.Value}");
        return new TestDatabase(At(Server, copy), copy);
    }

    public DbConnection Connect()
    {
        DbConnection connection = IsPostgres ? new NpgsqlConnection(ConnectionString) : new SqliteConnection($"{ConnectionString};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>An empty database on the server.</summary>
    public static TestDatabase Empty()
    {
        var made = $"evercard_{Guid.NewGuid():N}";
        Execute(Server ?? throw new InvalidOperationException("This test needs a PostgreSQL server: EVERCARD_POSTGRES=\"$(dev/postgres start)\""), $"CREATE DATABASE {made}");
        return new TestDatabase(At(Server, made), made);
    }

    /// <summary>A transaction that is the only writer from its start.</summary>
    public static DbTransaction BeginWriting(DbConnection connection)
    {
        if (connection is SqliteConnection sqlite)
        {
            return sqlite.BeginTransaction(deferred: false);
        }

        var transaction = connection.BeginTransaction();
        Execute(connection, "SELECT pg_advisory_xact_lock(1)");
        return transaction;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        Execute(connection, sql);
    }

    /// <summary>Does what the triggers of the audit trail forbid: a statement of somebody who owns the database.</summary>
    public void Tamper(string sql)
    {
        var on = IsPostgres ? " ON audit_events" : "";
        Execute($"DROP TRIGGER IF EXISTS audit_events_are_not_changed{on}; DROP TRIGGER IF EXISTS audit_events_are_not_deleted{on}; {sql}");
    }

    /// <summary>A statement after which the database refuses audit events of one kind.</summary>
    public static string Refuse(string kind) => IsPostgres
        ? $"""
          CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$;
          CREATE TRIGGER no_room BEFORE INSERT ON audit_events FOR EACH ROW WHEN (NEW."Kind" = '{kind}') EXECUTE FUNCTION no_room();
          """
        : $"CREATE TRIGGER no_room BEFORE INSERT ON audit_events WHEN NEW.\"Kind\" = '{kind}' BEGIN SELECT RAISE(ABORT, 'no room'); END";

    /// <summary>Bytes as they stand in a statement.</summary>
    public static string Literal(ReadOnlySpan<byte> bytes) => IsPostgres ? $"'\\x{Convert.ToHexString(bytes)}'" : $"x'{Convert.ToHexString(bytes)}'";

    /// <summary>All that is stored, as bytes that can be searched: the files, with SQLite; the contents of every column, with PostgreSQL.</summary>
    public IEnumerable<byte[]> Contents() => IsPostgres ? Columns() : Files();

    /// <summary>The server ends every connection to it, as when it is restarted: those that rest in a pool too.</summary>
    public void CutConnections() => Execute(Server!, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");

    /// <summary>From now on, or no longer, the server lets nobody in.</summary>
    public void LetNobodyIn(bool nobody)
    {
        Execute(Server!, $"ALTER DATABASE {name} ALLOW_CONNECTIONS {(nobody ? "false" : "true")}");
        CutConnections();
    }

    public void Dispose()
    {
        if (name is not null)
        {
            Execute(Server!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            return;
        }

        SqliteConnection.ClearAllPools();
    }

    private IEnumerable<byte[]> Files()
    {
        var file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
        foreach (var one in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
        {
            using var stream = new FileStream(one, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            yield return bytes.ToArray();
        }
    }

    private IEnumerable<byte[]> Columns()
    {
        using var connection = Connect();
        foreach (var table in Texts(connection, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"))
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A name that the database gave.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                {
                    yield return rows.GetValue(column) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes($"{rows.GetValue(column)}");
                }
            }
        }
    }

    /// <summary>The first column of a query.</summary>
    public static List<string> Texts(DbConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write their own statements.
        command.CommandText = query;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }

    private static string MakeTemplate()
    {
        var template = $"evercard_template_{Guid.NewGuid():N}";
        Execute(Server!, $"CREATE DATABASE {template}");
        new Database(At(Server!, template), TimeProvider.System).Migrate().GetAwaiter().GetResult();

        // Whoever is connected would stop it from being copied.
        Execute(Server!, $"ALTER DATABASE {template} ALLOW_CONNECTIONS false");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Execute(Server!, $"DROP DATABASE {template}");
        return template;
    }

    /// <summary>Connections that nobody uses go soon: a run makes many databases.</summary>
    private static string At(string server, string name) => new NpgsqlConnectionStringBuilder(server)
    {
        Database = name, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5,
    }.ToString();

    private static void Execute(string server, string sql)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write their own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
