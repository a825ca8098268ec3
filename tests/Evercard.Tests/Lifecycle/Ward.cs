using Evercard.Agent.CardScripts;
using Evercard.Authority;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Protocol;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Tests.Support;
using LogIn = Evercard.Lifecycle.LogIn.LogIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.Tests.Lifecycle;

/// <summary>Registry, authority and computers of one test, with the agent's own script runner and no network.</summary>
public sealed class Ward : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ward").FullName;

    public Ward(LifecycleOptions? options = null, Func<string, TimeProvider, Database>? database = null)
    {
        Store = TestDatabase.In(folder);
        Options = options ?? new LifecycleOptions();
        Time = new ManualTime { Now = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero) };
        Database = (database ?? ((file, time) => new Database(file, time)))(Store.ConnectionString, Time);
        Authority = CertificateAuthority.Open(ReadyAuthority.In(folder, key => new FaultySigner(key, () => SignerDown || BeforeSigning?.Invoke() == true)), Time);
        Samples = new SampleWard(Database, Authority, Options, Time);
        Opening = new RenewalOpening(Database, RoleTable.Of(RoleTable.Classic), Options, Time);
        Renewal = new Renewal(Database, Authority, Options, Time, NullLogger<Renewal>.Instance);
        LogIn = new LogIn(Database, Authority, Options, Time);
    }

    public LifecycleOptions Options { get; }

    /// <summary>Where the database is.</summary>
    public TestDatabase Store { get; }

    public ManualTime Time { get; }

    public Database Database { get; }

    public CertificateAuthority Authority { get; }

    public SampleWard Samples { get; }

    public RenewalOpening Opening { get; }

    public Renewal Renewal { get; }

    public LogIn LogIn { get; }

    public Evercard.Lifecycle.Reconciliation.Reconciliation Reconciliation =>
        new(Database, Options, Time, NullLogger<Evercard.Lifecycle.Reconciliation.Reconciliation>.Instance);

    public AttentionList Attention => new(Database, Options, Time);

    public bool SignerDown { get; set; }

    /// <summary>Asked before each signature whether the signer is down for it.</summary>
    public Func<bool>? BeforeSigning { get; set; }

    /// <summary>Stands between the agent and the card of an act; null: nothing does.</summary>
    public Func<ICardConnection, ICardConnection>? Wire { get; set; }

    /// <summary>Readers in which the card stays, with power, from one visit to the next; null: each visit begins with putting it in.</summary>
    public SimulatedReaders? StayingIn { get; set; }

    public static async Task<Ward> Open(LifecycleOptions? options = null, Func<string, TimeProvider, Database>? database = null)
    {
        var ward = new Ward(options, database);
        await ward.Database.Migrate();
        await ward.Samples.Open(default);
        foreach (var computer in (string[])["WARD4-PC1", "WARD4-PC2"])
        {
            await ward.AddComputer(computer);
        }

        return ward;
    }

    /// <summary>A computer that made itself known.</summary>
    /// <returns>Its agent's id.</returns>
    public async Task<string> AddComputer(string name)
    {
        await Database.Write(
            async r =>
            {
                r.Registry.Agents.Add(new Evercard.Registry.Computers.Agent
                {
                    Id = name.ToLowerInvariant(), PublicKey = [0], ComputerName = name, Version = "1", FirstSeenAt = Time.Now, LastSeenAt = Time.Now,
                });
                await r.Registry.Save(new AuditEvent { Kind = "AgentRegistered" }, default);
            },
            default);
        return name.ToLowerInvariant();
    }

    /// <summary>An issued card of Wren's, ready to be put in.</summary>
    public async Task<(SimulatedCard Card, Guid Id)> Issue(int daysLeft = 30, CardModel? model = null, PivAlgorithm algorithm = PivAlgorithm.P256, SamplePerson? person = null)
    {
        var card = SimulatedCard.CreateBlank(model ?? CardModel.Yubico);
        return (card, await Samples.Issue(person ?? SampleWard.Wren, card, algorithm, daysLeft, default));
    }

    public async Task<LogInOutcome> LogInWith(SimulatedCard card, Guid id, string agent = "ward4-pc1", string passcode = SampleWard.Passcode)
    {
        using var connection = PutIn(card, isAct: false);
        using var held = SampleWard.Hold(passcode, Time);
        var local = new LocalCard(connection, CardAct.LogIn, new ActBinding("http://server", agent, Guid.NewGuid().ToString("N"), 0), held, null, Time);
        return await LogIn.Run(id, local, default);
    }

    /// <summary>One visit to a computer: asks for the renewal and runs it as far as it goes.</summary>
    public async Task<RenewalOutcome> Visit(
        SimulatedCard card, Guid id, string? sessionId, string agent = "ward4-pc1", string passcode = SampleWard.Passcode, bool takeOver = false, Func<ICard, ICard>? through = null,
        bool forCardholder = false)
    {
        var opened = await Opening.Open(new RenewalRequest(id, agent, sessionId, takeOver, forCardholder), default);
        if (opened is RenewalOpened.Refused no)
        {
            return new RenewalOutcome.Refused(no.Refusal) { CardTime = default };
        }

        var at = (RenewalOpened.At)opened;
        using var connection = PutIn(card);
        using var held = SampleWard.Hold(passcode, Time);
        ICard local = new LocalCard(connection, CardAct.Renewal, new ActBinding("http://server", agent, at.OperationId.ToString("N"), at.Epoch), held, null, Time);
        return await Renewal.Run(at, through?.Invoke(local) ?? local, null, default);
    }

    /// <summary>A card in a reader, until the returned value is disposed.</summary>
    /// <param name="card">The card.</param>
    /// <param name="isAct">An act that can be disturbed.</param>
    public ICardConnection PutIn(SimulatedCard card, bool isAct = true)
    {
        var stays = isAct || StayingIn?.CardIn("reader") == card ? StayingIn : null;
        var readers = stays ?? new SimulatedReaders("reader");
        if (readers.CardIn("reader") is null)
        {
            readers.Insert("reader", card);
        }

        var connection = readers.Connect("reader");
        return new PutInCard(isAct && Wire is not null ? Wire(connection) : connection, stays is null ? readers : null);
    }

    /// <summary>The session that a log-in gave.</summary>
    public async Task<string> Session(SimulatedCard card, Guid id, string agent = "ward4-pc1") =>
        LogIn.SessionId((await LogInWith(card, id, agent)).ShouldBeOfType<LogInOutcome.LoggedIn>().SessionSecret);

    /// <summary>What a server node does every hour.</summary>
    public Task<ReconciliationReport> Reconcile() => Reconciliation.Run(default);

    public Task<T> Read<T>(Func<Records, Task<T>> read) => Database.Read(read, default);

    public Task<List<string>> AuditTrail(Guid id) =>
        Read(r => r.Registry.AuditEvents.Where(e => e.SmartcardId == id).OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync());

    public void Dispose()
    {
        Authority.Dispose();
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class PutInCard(ICardConnection connection, SimulatedReaders? own) : ICardConnection
    {
        public string Reader => connection.Reader;

        public ReadOnlyMemory<byte> Atr => connection.Atr;

        public ResponseApdu Transmit(CommandApdu command) => connection.Transmit(command);

        public void Reset() => connection.Reset();

        public IDisposable BeginTransaction() => connection.BeginTransaction();

        public void Dispose()
        {
            connection.Dispose();
            own?.Dispose();
        }
    }
}
