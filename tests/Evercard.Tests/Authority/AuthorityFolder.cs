using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Storage;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Authority;

/// <summary>An authority in a folder of its own, with a database in memory; shared by the tests of a class.</summary>
public sealed class AuthorityFolder : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("evercard-authority-").FullName;
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public AuthorityFolder()
        : this(KeyAlgorithm.P256)
    {
    }

    internal AuthorityFolder(KeyAlgorithm algorithm)
    {
        File.WriteAllText(PassPhraseFile, "correct horse battery staple\n");
        Options = new AuthorityOptions
        {
            KeyFolder = KeyFolder,
            PassPhraseFile = PassPhraseFile,
            BaseAddress = new Uri("http://pki.evercard.example/"),
            KeyAlgorithm = algorithm,
            Through = key => new SwitchedSigningKey(key, this),
        };
        Authority = CertificateAuthority.Open(Options, Time);
        _connection.Open();
        using var db = AuthorityContext.Over(_connection);
        db.Database.Migrate();
    }

    public ManualTime Time { get; } = new(Start);

    public AuthorityOptions Options { get; }

    public CertificateAuthority Authority { get; }

    public string KeyFolder => Path.Combine(_folder, "authority");

    public string PassPhraseFile => Path.Combine(_folder, "pass-phrase");

    public bool SignerIsDown { get; set; }

    public int Signatures { get; private set; }

    public AuthorityContext Context() => AuthorityContext.Over(_connection);

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

    public void Dispose()
    {
        Authority.Dispose();
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class SwitchedSigningKey(ISigningKey key, AuthorityFolder folder) : ISigningKey
    {
        public KeyAlgorithm Algorithm => key.Algorithm;

        public ReadOnlyMemory<byte> PublicKey => key.PublicKey;

        public byte[] Sign(ReadOnlySpan<byte> data)
        {
            if (folder.SignerIsDown)
                throw new CryptographicException("The token was pulled.");
            folder.Signatures++;
            return key.Sign(data);
        }

        public void Dispose() => key.Dispose();
    }
}
