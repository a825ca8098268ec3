using System.Data.Common;
using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Storage;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Authority;

/// <summary>An authority in a folder of its own, with a database of its own (in memory, with SQLite); shared by the tests of a class.</summary>
public sealed class AuthorityFolder : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private const string PassPhrase = "correct horse battery staple";

    /// <summary>The files of a first start with P-256, by name: made once, copied for each test.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> FirstStart = new(RunFirstStart);

    private readonly string _folder = Directory.CreateTempSubdirectory("evercard-authority-").FullName;
    private CertificateAuthority? _authority;
    private TestDatabase? _database;
    private DbConnection? _connection;

    public AuthorityFolder()
        : this(FirstStart.Value, KeyAlgorithm.P256)
    {
    }

    private AuthorityFolder(IReadOnlyDictionary<string, byte[]> keys, KeyAlgorithm algorithm)
    {
        WritePassPhrase(PassPhrase + "\n");
        foreach (var (name, content) in keys)
        {
            var path = Path.Combine(KeyFolder, "keys", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
            Close(path);
            Close(Path.GetDirectoryName(path)!);
        }

        Options = new AuthorityOptions
        {
            KeyFolder = KeyFolder,
            PassPhraseFile = PassPhraseFile,
            BaseAddress = new Uri("http://pki.evercard.example/"),
            KeyAlgorithm = algorithm,
            Through = key => new SwitchedSigningKey(key, this),
        };
    }

    public ManualTime Time { get; } = new(Start);

    public AuthorityOptions Options { get; }

    /// <summary>Opened when it is first asked for.</summary>
    public CertificateAuthority Authority => _authority ??= CertificateAuthority.Open(Options, Time);

    public string KeyFolder => Path.Combine(_folder, "authority");

    public string PassPhraseFile => Path.Combine(_folder, "pass-phrase");

    public bool SignerIsDown { get; set; }

    /// <summary>Happens once, in the middle of the next signature.</summary>
    public Action? WhileSigning { get; set; }

    public int Signatures { get; private set; }

    /// <summary>An authority made here and now, with CA keys of this kind.</summary>
    public static AuthorityFolder FirstStarted(KeyAlgorithm algorithm) => new(new Dictionary<string, byte[]>(), algorithm);

    public AuthorityContext Context()
    {
        return AuthorityContext.Over(_connection ??= Open());
    }

    /// <summary>Does something in a transaction of its own, with a context of its own.</summary>
    public async Task<T> InTransaction<T>(Func<AuthorityContext, Task<T>> act)
    {
        await using var db = Context();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await act(db);
        await transaction.CommitAsync();
        return result;
    }

    public Task<Preparation> Prepare(CertificateOrder order) => InTransaction(db => Authority.Prepare(db, order, default));

    public Task<IssuedCertificate> Issue(Preparation preparation) => InTransaction(db => Authority.Issue(db, preparation, default));

    public async Task<IssuedCertificate> Issue(CertificateOrder order) => await Issue(await Prepare(order));

    public Task Revoke(string serialNumber, RevocationReason reason) => InTransaction(async db =>
    {
        await Authority.Revoke(db, serialNumber, reason, default);
        return true;
    });

    public Task<byte[]> MakeCrl(string issuer) => InTransaction(db => Authority.MakeCrl(db, issuer, default));

    public void WritePassPhrase(string text)
    {
        File.WriteAllText(PassPhraseFile, text);
        Close(PassPhraseFile);
    }

    /// <summary>Takes a file or folder away from other users.</summary>
    public static void Close(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | (Directory.Exists(path) ? UnixFileMode.UserExecute : UnixFileMode.None));
    }

    public void Dispose()
    {
        _authority?.Dispose();
        _connection?.Dispose();
        _database?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private DbConnection Open()
    {
        if (TestDatabase.IsPostgres)
        {
            return (_database = TestDatabase.In(_folder)).Connect();
        }

        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var db = AuthorityContext.Over(connection);
        db.Database.Migrate();
        return connection;
    }

    private static IReadOnlyDictionary<string, byte[]> RunFirstStart()
    {
        using var folder = FirstStarted(KeyAlgorithm.P256);
        _ = folder.Authority;
        return Directory.GetFiles(Path.Combine(folder.KeyFolder, "keys")).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes);
    }

    private sealed class SwitchedSigningKey(ISigningKey key, AuthorityFolder folder) : ISigningKey
    {
        public KeyAlgorithm Algorithm => key.Algorithm;

        public ReadOnlyMemory<byte> PublicKey => key.PublicKey;

        public byte[] Sign(ReadOnlySpan<byte> data)
        {
            if (folder.SignerIsDown)
                throw new CryptographicException("The token was pulled.");
            var meanwhile = folder.WhileSigning;
            folder.WhileSigning = null;
            meanwhile?.Invoke();
            folder.Signatures++;
            return key.Sign(data);
        }

        public void Dispose() => key.Dispose();
    }
}
