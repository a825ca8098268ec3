using System.Diagnostics;
using System.Globalization;
using Evercard.Interop.Support;

namespace Evercard.Interop.Kill;

/// <summary>A PostgreSQL server of dev/postgres that is killed: one process of it, which the others take for a crash, or its postmaster.</summary>
internal sealed class KilledDatabase : IAsyncDisposable
{
    private const string Name = "kill";

    private KilledDatabase(string connectionString) => ConnectionString = connectionString;

    /// <summary>What was committed must have left the process: the server of tests forgets it otherwise.</summary>
    public string ConnectionString { get; private set; }

    private string Data => Path.Combine(ConnectionString.Split(';')[0]["Host=".Length..], "data");

    public static async Task<KilledDatabase> Start() => new(Careful(await Postgres("start")));

    /// <returns>What was killed.</returns>
    public async Task<string> Kill(Random chance)
    {
        await Revive();
        var postmaster = Postmaster()!.Value;
        if (chance.Next(3) > 0)
        {
            // Whichever process it is: PostgreSQL ends all others and recovers by itself.
            var processes = Process.GetProcesses().Where(one => Parent(one.Id) == postmaster).ToList();
            if (processes.Count > 0)
            {
                processes[chance.Next(processes.Count)].Kill();
                return "database process";
            }
        }

        Process.GetProcessById(postmaster).Kill();
        await Postgres("restart");
        return "database server";
    }

    /// <summary>PostgreSQL gives itself up where it is hit while it recovers: whoever looks after services begins it again.</summary>
    public async Task Revive()
    {
        if (Postmaster() is not { } postmaster || !Directory.Exists($"/proc/{postmaster}"))
        {
            await Postgres("restart");
        }
    }

    public async ValueTask DisposeAsync() => await Postgres("stop");

    private static string Careful(string connectionString) => $"{connectionString};Options=-c synchronous_commit=on";

    private int? Postmaster() =>
        new FileInfo(Path.Combine(Data, "postmaster.pid")) is { Exists: true } file && int.TryParse(File.ReadLines(file.FullName).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid)
            ? pid : null;

    private static int Parent(int pid)
    {
        try
        {
            // "pid (name) state ppid …": the name may hold anything.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static async Task<string> Postgres(string act)
    {
        var done = await Witness.Run(Repository.At("dev", "postgres"), [act, Name]);
        done.ExitCode.ShouldBe(0, $"{done}");
        return done.Output.Trim();
    }
}
