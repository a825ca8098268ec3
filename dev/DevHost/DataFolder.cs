using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Keys;

namespace Evercard.DevHost;

/// <summary>Where a run keeps what it needs: database, key store, device key, simulated cards.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly bool temporary;

    private DataFolder(string path, bool temporary) => (Path, this.temporary) = (path, temporary);

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "evercard.db");

    public string Database => $"Data Source={DatabaseFile}";

    /// <summary>Nothing was ever made here: the pass phrase comes first.</summary>
    public bool IsFresh => !File.Exists(PassPhrase);

    public string Agent => System.IO.Path.Combine(Path, "agent");

    /// <summary>What the service sends to people.</summary>
    public string Messages => System.IO.Path.Combine(Path, "messages");

    public string Cards => System.IO.Path.Combine(Path, "cards");

    /// <summary>A folder that stays.</summary>
    public static DataFolder Lasting(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            // Names, session hashes and wrapped secrets are nobody else's business on this computer.
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new DataFolder(System.IO.Path.GetFullPath(path), temporary: false);
    }

    /// <summary>A fresh folder that goes with the run.</summary>
    public static DataFolder Fresh() => new(Directory.CreateTempSubdirectory("evercard-").FullName, temporary: true);

    /// <summary>The authority's options; its pass phrase is made at the first start and stays in this folder, readable by its owner alone.</summary>
    /// <param name="publication">Where CRLs are found.</param>
    /// <param name="through">Stands in front of the signing keys; null: nothing does.</param>
    public AuthorityOptions Authority(Uri publication, Func<ISigningKey, ISigningKey>? through = null)
    {
        var passPhrase = PassPhrase;
        if (IsFresh)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(passPhrase, options);
            writer.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        }

        return new AuthorityOptions
        {
            KeyFolder = System.IO.Path.Combine(Path, "keys"), PassPhraseFile = passPhrase, BaseAddress = publication, Through = through ?? (key => key),
        };
    }

    private string PassPhrase => System.IO.Path.Combine(Path, "pass-phrase");

    public void Dispose()
    {
        if (temporary)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Path, recursive: true);
        }
    }
}
