using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Evercard.Authority.Keys;

/// <summary>
/// A folder of private keys (encrypted PKCS #8, PEM) and of the authority's own certificates (PEM).
/// Folders 0700, files 0600; on Unix nothing is read from a file that is open to others. All files are made in a folder aside, which then gets its name at once: a first start that is cut leaves nothing.
/// </summary>
internal sealed class SoftwareKeyStore : IDisposable
{
    // PBES2 (RFC 8018, 6.2) with AES-256-CBC and HMAC-SHA-256.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 100_000);

    private readonly string _folder;
    private readonly string _finished;
    private readonly string _aside;
    private readonly char[] _passPhrase;

    /// <exception cref="KeyStoreException">No pass phrase.</exception>
    public SoftwareKeyStore(string folder, string passPhraseFile)
    {
        _folder = folder;
        _finished = Path.Combine(folder, "keys");
        _aside = Path.Combine(folder, "keys.unfinished");
        _passPhrase = PassPhrase.Read(passPhraseFile);
    }

    /// <summary>A first start, unless there was one: <paramref name="fill"/> adds the files. What an earlier, cut one left is thrown away.</summary>
    /// <exception cref="KeyStoreException">Another process has been at it for thirty seconds, or the folder may not be written, or is open to others.</exception>
    public void SetUpOnce(Action<SoftwareKeyStore> fill)
    {
        // A folder with its final name is complete: no lock is needed, and it may be read-only.
        OwnerOnly.Require(_finished);
        if (Directory.Exists(_finished))
            return;
        MakeFolder(_folder);
        using var turn = FolderLock.Take(Path.Combine(_folder, "lock"));
        if (Directory.Exists(_finished))
            return;

        if (Directory.Exists(_aside))
            Directory.Delete(_aside, recursive: true);
        MakeFolder(_aside);
        fill(this);
        Directory.Move(_aside, _finished);
    }

    public void Add(string name, AsymmetricAlgorithm key) =>
        Write(name + ".key.pem", key.ExportEncryptedPkcs8PrivateKeyPem(_passPhrase, Encryption));

    public void Add(string name, X509Certificate2 certificate) => Write(name + ".crt.pem", certificate.ExportCertificatePem());

    /// <exception cref="KeyStoreException">Wrong pass phrase, or a damaged or missing file.</exception>
    public RSA LoadRsaKey(string name)
    {
        var key = RSA.Create();
        Decrypt(name, key);
        return key;
    }

    /// <summary>The key of a certificate.</summary>
    /// <exception cref="KeyStoreException">Wrong pass phrase, a damaged or missing file, or the key of another certificate.</exception>
    public AsymmetricAlgorithm LoadKey(string name, X509Certificate2 certificate)
    {
        byte[] publicKey;
        try
        {
            publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new KeyStoreException($"{name}.crt.pem is damaged.", e);
        }

        AsymmetricAlgorithm key = certificate.GetKeyAlgorithm() == SubjectPublicKey.RsaOid ? RSA.Create() : ECDsa.Create();
        Decrypt(name, key);
        if (!key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(publicKey))
            throw new KeyStoreException($"{name}.key.pem is not the key of {name}.crt.pem.");
        return key;
    }

    /// <exception cref="KeyStoreException">A damaged or missing file.</exception>
    public X509Certificate2 LoadCertificate(string name)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Read(name + ".crt.pem"));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new KeyStoreException($"{name}.crt.pem is damaged.", e);
        }
    }

    public void Dispose() => Array.Clear(_passPhrase);

    /// <summary>What the framework throws at a key or certificate that is not what it should be.</summary>
    internal static bool IsDamage(Exception e) => e is CryptographicException or AsnContentException or ArgumentException or InvalidOperationException;

    private void Decrypt(string name, AsymmetricAlgorithm key)
    {
        try
        {
            key.ImportFromEncryptedPem(Read(name + ".key.pem"), _passPhrase);
        }
        catch (Exception e) when (IsDamage(e))
        {
            key.Dispose();
            throw new KeyStoreException($"{name}.key.pem cannot be opened: the pass phrase is wrong, or the file is damaged.", e);
        }
    }

    private string Read(string file)
    {
        var path = Path.Combine(_finished, file);
        OwnerOnly.Require(path);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException($"{file} is missing from the key store, or cannot be read.", e);
        }
    }

    private void Write(string file, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly.File;
        using var stream = new FileStream(Path.Combine(_aside, file), options);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(pem + "\n"));
        stream.Flush(flushToDisk: true);
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly.Folder);
        File.SetUnixFileMode(path, OwnerOnly.Folder);
    }
}
