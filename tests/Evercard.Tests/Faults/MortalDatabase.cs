using System.Data.Common;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;

namespace Evercard.Tests.Faults;

/// <summary>A database whose process is killed right before, or right after, a counted commit.</summary>
public sealed class MortalDatabase(string connectionString, TimeProvider time, Mortality life) : Database(connectionString, time)
{
    /// <summary>What each commit since the last <see cref="Watch"/> told last.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>The commit that counts, from 1; 0: none.</summary>
    public int KillAt { get; set; }

    /// <summary>The change is true, and nobody is told.</summary>
    public bool AfterEffect { get; set; }

    /// <summary>A rule broken on purpose: told the event of each commit, answers whether it is committed at all.</summary>
    public Func<string, Records, Task<bool>>? Mutant { get; set; }

    public void Watch()
    {
        Seen.Clear();
        KillAt = 0;
    }

    protected override async Task Commit(DbTransaction transaction, Records records, CancellationToken cancellation)
    {
        life.MustLive();
        var kind = records.Registry.ChangeTracker.Entries<AuditEvent>().Last().Entity.Kind;
        if (Mutant is not null && !await Mutant(kind, records))
        {
            return;
        }

        Seen.Add(kind);
        var isHere = Seen.Count == KillAt;
        if (isHere && !AfterEffect)
        {
            life.Kill();
        }

        await base.Commit(transaction, records, cancellation);
        if (isHere)
        {
            life.Kill();
        }
    }
}
