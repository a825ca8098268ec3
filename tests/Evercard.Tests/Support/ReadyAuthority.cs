using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Keys;

namespace Evercard.Tests.Support;

/// <summary>An authority whose keys were made once for the whole run: making them is what costs, and no test here is about it.</summary>
internal static class ReadyAuthority
{
    private const string PassPhrase = "for this run alone";

    private static readonly DateTimeOffset MadeAt = new(2026, 11, 22, 7, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Options of an authority in this folder, with a copy of the keys.</summary>
    public static AuthorityOptions In(string folder, Func<ISigningKey, ISigningKey> through)
    {
        Copy(new DirectoryInfo(Made.Value), Directory.CreateDirectory(folder));
        return Options(folder, through);
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("evercard-authority-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var passPhrase = Path.Combine(folder, "pass-phrase");
        File.WriteAllText(passPhrase, PassPhrase);
        Tests.Authority.AuthorityFolder.Close(passPhrase);
        var options = Options(folder, key => key);
        CertificateAuthority.Open(options, new ManualTime(MadeAt)).Dispose();

        // Every secret of a card goes through this key, and half as many bits again take three times as long.
        using var wrapping = RSA.Create(2048);
        File.WriteAllText(
            Path.Combine(options.KeyFolder, "keys", $"{CertificateAuthority.WrappingKeyName}.key.pem"),
            wrapping.ExportEncryptedPkcs8PrivateKeyPem(PassPhrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000)));
        return folder;
    }

    private static AuthorityOptions Options(string folder, Func<ISigningKey, ISigningKey> through) => new()
    {
        KeyFolder = Path.Combine(folder, "keys"),
        PassPhraseFile = Path.Combine(folder, "pass-phrase"),
        BaseAddress = new Uri("http://localhost/"),
        Through = through,
    };

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.GetFiles())
        {
            // The mode goes with it.
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.GetDirectories())
        {
            var copy = to.CreateSubdirectory(folder.Name);
            if (!OperatingSystem.IsWindows())
            {
                copy.UnixFileMode = folder.UnixFileMode;
            }

            Copy(folder, copy);
        }
    }
}
