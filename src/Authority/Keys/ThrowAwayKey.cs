using System.Collections.Concurrent;

namespace Evercard.Authority.Keys;

/// <summary>Public keys for dry runs. The private halves are gone at once; one of each kind is made in the life of a process.</summary>
internal static class ThrowAwayKey
{
    private static readonly ConcurrentDictionary<KeyAlgorithm, Lazy<byte[]>> Made = new();

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public static byte[] Of(KeyAlgorithm algorithm) => Made.GetOrAdd(algorithm, kind => new Lazy<byte[]>(() =>
    {
        using var key = SoftwareSigningKey.Generate(kind);
        return key.ExportSubjectPublicKeyInfo();
    })).Value;
}
