using System.Security.Cryptography;
using Evercard.Protocol;

namespace Evercard.Agent.Link;

/// <summary>The agent's own key: P-256, made at first start, readable by this user only. Its hash is the agent's id.</summary>
public sealed class DeviceKey : IDisposable
{
    private const string FileName = "device-key.p8";
    private readonly ECDsa pair;

    private DeviceKey(ECDsa pair)
    {
        this.pair = pair;
        PublicKey = pair.ExportSubjectPublicKeyInfo();
        AgentId = HelloStatement.AgentIdOf(PublicKey.Span);
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    public string AgentId { get; }

    /// <summary>Reads the key in this folder, or makes folder and key.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="CryptographicException">The file holds no key.</exception>
    public static DeviceKey Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            Make(folder, path);
        }

        var bytes = File.ReadAllBytes(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
            return new DeviceKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>64 bytes: r and s.</summary>
    public byte[] Sign(HelloStatement statement) => pair.SignData(statement.Encode(), HashAlgorithmName.SHA256);

    public void Dispose() => pair.Dispose();

    private static void Make(string folder, string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            // Windows gives a user's own folder to that user alone.
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var bytes = key.ExportPkcs8PrivateKey();
        var unfinished = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(unfinished, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            // The first of two starts wins; the other reads the winner's key.
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
