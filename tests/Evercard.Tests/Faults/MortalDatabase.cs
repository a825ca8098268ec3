using System.Data.Common;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Microsoft.Data.Sqlite;

namespace Evercard.Tests.Faults;

/// <summary>A database whose process is killed right before, or right after, a counted commit; or whose disk is full from there on.</summary>
public sealed class MortalDatabase(string connectionString, TimeProvider time, Mortality life) : Database(connectionString, time)
{
    private const int SqliteFull = 13;

    private readonly string file = connectionString;
    private FaultKind kind;
    private int failAt;
    private Action? failed;

    /// <summary>What each commit since the last <see cref="Watch"/> told last.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>A rule broken on purpose: told the event of each commit, answers whether it is committed at all.</summary>
    public Func<string, Records, Task<bool>>? Mutant { get; set; }

    public void Watch()
    {
        Seen.Clear();
        failAt = 0;
    }

    /// <summary>Arms one failure.</summary>
    /// <param name="how">KilledBeforeCommit, KilledAfterCommit or DiskFull.</param>
    /// <param name="at">The commit, counted from 1.</param>
    /// <param name="struck">Told when it happens.</param>
    public void Fail(FaultKind how, int at, Action struck) => (kind, failAt, failed) = (how, at, struck);

    /// <summary>All that is in it, to be put back with <see cref="PutBack"/>.</summary>
    public SqliteConnection Copy()
    {
        var copy = new SqliteConnection("Data Source=:memory:");
        copy.Open();
        using var live = new SqliteConnection(file);
        live.Open();
        live.BackupDatabase(copy);
        return copy;
    }

    public void PutBack(SqliteConnection copy)
    {
        using var live = new SqliteConnection(file);
        live.Open();
        copy.BackupDatabase(live);
    }

    protected override async Task Commit(DbTransaction transaction, Records records, CancellationToken cancellation)
    {
        life.MustLive();
        var told = records.Registry.ChangeTracker.Entries<AuditEvent>().Last().Entity.Kind;
        if (Mutant is not null && !await Mutant(told, records))
        {
            return;
        }

        Seen.Add(told);
        var isHere = Seen.Count == failAt;
        if (isHere)
        {
            failed!();
        }

        if (failAt > 0 && Seen.Count >= failAt && kind == FaultKind.DiskFull)
        {
            throw new SqliteException("database or disk is full", SqliteFull);
        }

        if (isHere && kind == FaultKind.KilledBeforeCommit)
        {
            life.Kill();
        }

        await base.Commit(transaction, records, cancellation);
        if (isHere && kind == FaultKind.KilledAfterCommit)
        {
            life.Kill();
        }
    }
}
