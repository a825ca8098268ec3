using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Evercard.Tests.Lifecycle;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Faults;

/// <summary>Which card the act is done with.</summary>
/// <param name="Model">Kind of card.</param>
/// <param name="Algorithm">Of its old keys, and of those that are made.</param>
internal sealed record FaultedCard(CardModel Model, PivAlgorithm Algorithm)
{
    public static FaultedCard Yubico { get; } = new(CardModel.Yubico, PivAlgorithm.P256);

    public static FaultedCard Strict { get; } = new(new CardModel(), PivAlgorithm.P256);

    public static FaultedCard YubicoRsa { get; } = Yubico with { Algorithm = PivAlgorithm.Rsa2048 };

    public static FaultedCard StrictRsa { get; } = Strict with { Algorithm = PivAlgorithm.Rsa2048 };

    public override string ToString() => $"{(Model == CardModel.Yubico ? "Yubico" : "strict")} {(Algorithm == PivAlgorithm.P256 ? "P-256" : "RSA-2048")}";
}

/// <summary>An act on one fresh card that can be disturbed at any point, and finished by whoever may, at another computer.</summary>
internal abstract class FaultedAct(Desk desk, FaultedCard card, SamplePerson holder) : IDisposable
{
    public const string Reader = "reader";

    /// <summary>Of a card that is renewed: fewer than the days within which a renewal is to be finished.</summary>
    public const int DaysLeft = 3;

    /// <summary>Making an RSA key takes longer than all else together. A card that is put back may be given the same ones again.</summary>
    private static readonly Lazy<IReadOnlyList<CardKey>> RsaKeys = new(() => [.. Enumerable.Range(0, 12).Select(_ => CardKey.Generate(PivAlgorithm.Rsa2048))]);

    private Saved? fresh;

    public abstract string Name { get; }

    public Desk Desk => desk;

    public Ward Ward => desk.Ward;

    public MortalDatabase Database => (MortalDatabase)Ward.Database;

    public SamplePerson Holder => holder;

    public (SimulatedCard Card, Guid Id) Subject { get; protected set; }

    /// <summary>What the cardholder types; or sets, where the act sets it.</summary>
    public string Passcode { get; protected set; } = SampleWard.Passcode;

    /// <summary>What others have done to this card and its holder meanwhile.</summary>
    public HashSet<FaultKind> Happened { get; private set; } = [];

    /// <summary>A wrong passcode that comes now is not sent by us of our own accord.</summary>
    public bool PersonErrs { get; set; }

    protected FaultedCard Kind => card;

    /// <summary>The log-in at the first computer that the act starts from.</summary>
    protected string Session { get; set; } = "";

    public static async Task<Desk> OpenDesk(FaultedCard card, Mortality life) => await Desk.Open(
        database: (file, time) => new MortalDatabase(file, time, life), options: new LifecycleOptions { KeyAlgorithm = card.Algorithm });

    /// <summary>A fresh card, and whoever is to log in has. Made once, and put back for each case; a database server has no such copy.</summary>
    public async Task Fresh()
    {
        if (TestDatabase.IsPostgres)
        {
            Happened.Clear();
            Passcode = SampleWard.Passcode;
            await Prepare();
            return;
        }

        if (fresh is null)
        {
            await Prepare();
            fresh = Save();
        }

        PutBack(fresh);
    }

    /// <summary>Card, database and clock as they are now.</summary>
    public Saved Save() => new(Database.Copy(), Subject.Card.Copy(), Ward.Time.Now, Passcode, Session, [.. Happened]);

    public void PutBack(Saved saved)
    {
        Database.PutBack(saved.Database);
        var pool = new KeyPool();
        foreach (var key in card.Algorithm == PivAlgorithm.Rsa2048 ? RsaKeys.Value : [])
        {
            pool.Add(key);
        }

        Subject = (saved.Card.Copy(new CardParts { Pool = pool }), Subject.Id);
        (Ward.Time.Now, Passcode, Session, Happened) = (saved.Now, saved.Passcode, saved.Session, [.. saved.Happened]);
    }

    /// <summary>The act at the first computer.</summary>
    /// <returns>Null where it was completed; otherwise the refusal's code.</returns>
    public abstract Task<string?> Begin(Disturbance visit);

    /// <summary>The same card at another computer, with nothing but what is on it and in the database.</summary>
    /// <returns>Null where it was completed; otherwise the refusal's code.</returns>
    public abstract Task<string?> Finish(string computer, Disturbance visit);

    /// <summary>Fails where anything is lost, doubled, orphaned or burnt.</summary>
    /// <param name="logsIn">The card logs in as well.</param>
    public abstract Task Check(bool logsIn = true);

    /// <summary>What anybody can ask for whose passcode is blocked: another one, at a desk.</summary>
    public async Task<string?> Unlock()
    {
        var told = (await desk.VisitToUnlock(Subject.Card, Subject.Id, await desk.LogIn("ward4-pc2"), "ward4-pc2"))?.Code;
        Passcode = told is null ? Desk.NewPasscode : Passcode;
        return told;
    }

    /// <summary>The only way out for some.</summary>
    public async Task<string?> Repair()
    {
        var outcome = await desk.Visit(Subject.Card, Subject.Id, await desk.LogIn("ward4-pc2"), "ward4-pc2", reason: "The holder says that it fails.");
        Passcode = Desk.NewPasscode;
        return (outcome as RenewalOutcome.Refused)?.Refusal.Code;
    }

    public Task CheckRepaired() => RepairTests.IsRepaired(desk, Subject.Card, Subject.Id);

    public virtual void Dispose()
    {
        fresh?.Dispose();
        desk.Dispose();
    }

    public Task<bool> RepairIsUnderWay() => Ward.Read(r => r.Registry.Operations.AnyAsync(
        o => o.SmartcardId == Subject.Id && o.Act == Act.Repair && (o.State == OperationState.Open || o.State == OperationState.Waiting)));

    /// <summary>The card as it is before the act.</summary>
    protected abstract Task Prepare();

    protected Task<bool> IsCompleted(Act act) =>
        Ward.Read(r => r.Registry.Operations.AnyAsync(o => o.SmartcardId == Subject.Id && o.Act == act && o.State == OperationState.Completed));

    /// <summary>The cardholder logs in.</summary>
    /// <returns>The session, or the code of the refusal.</returns>
    protected async Task<(string? Session, string? Code)> LogIn(string computer, string passcode) =>
        await Ward.LogInWith(Subject.Card, Subject.Id, computer, passcode) switch
        {
            LogInOutcome.LoggedIn yes => (Evercard.Lifecycle.LogIn.LogIn.SessionId(yes.SessionSecret), null),
            LogInOutcome.Refused no => (null, no.Refusal.Code),
            var other => throw new InvalidOperationException($"{other}"),
        };

    /// <summary>A state to come back to.</summary>
    internal sealed record Saved(
        SqliteConnection Database, SimulatedCard Card, DateTimeOffset Now, string Passcode, string Session, HashSet<FaultKind> Happened) : IDisposable
    {
        public void Dispose()
        {
            Database.Dispose();
            Card.Dispose();
        }
    }
}
