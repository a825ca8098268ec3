using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Evercard.Authority.Keys;

/// <summary>
/// Wraps small secrets, each under an AES-256-GCM data key of its own, which the RSA-3072 key protects with OAEP and SHA-256.
/// Layout: version 01, length of the protected data key (2, big endian), protected data key, nonce (12), ciphertext, tag (16).
/// </summary>
internal sealed class WrappingKey(RSA key) : IDisposable
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly Lock _turn = new();

    public byte[] Wrap(ReadOnlySpan<byte> secret, string boundTo)
    {
        Span<byte> dataKey = stackalloc byte[32];
        RandomNumberGenerator.Fill(dataKey);
        try
        {
            byte[] protectedKey;
            lock (_turn)
                protectedKey = key.Encrypt(dataKey, RSAEncryptionPadding.OaepSHA256);

            var wrapped = new byte[3 + protectedKey.Length + NonceLength + secret.Length + TagLength];
            wrapped[0] = Version;
            BinaryPrimitives.WriteUInt16BigEndian(wrapped.AsSpan(1), (ushort)protectedKey.Length);
            protectedKey.CopyTo(wrapped, 3);
            var nonce = wrapped.AsSpan(3 + protectedKey.Length, NonceLength);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(dataKey, TagLength);
            aes.Encrypt(nonce, secret, wrapped.AsSpan(^(secret.Length + TagLength)..^TagLength), wrapped.AsSpan(^TagLength..), AssociatedData(boundTo));
            return wrapped;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <exception cref="CryptographicException">Bound to something else, changed, or wrapped by another key.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, string boundTo)
    {
        if (wrapped.Length < 3 || wrapped[0] != Version)
            throw new CryptographicException("Not a wrapped secret.");
        var keyLength = BinaryPrimitives.ReadUInt16BigEndian(wrapped[1..]);
        var secretLength = wrapped.Length - 3 - keyLength - NonceLength - TagLength;
        if (secretLength < 0)
            throw new CryptographicException("Not a wrapped secret.");

        byte[] dataKey;
        lock (_turn)
            dataKey = key.Decrypt(wrapped.Slice(3, keyLength), RSAEncryptionPadding.OaepSHA256);
        try
        {
            var secret = new byte[secretLength];
            using var aes = new AesGcm(dataKey, TagLength);
            var nonce = wrapped.Slice(3 + keyLength, NonceLength);
            aes.Decrypt(nonce, wrapped[^(secretLength + TagLength)..^TagLength], wrapped[^TagLength..], secret, AssociatedData(boundTo));
            return secret;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    public void Dispose() => key.Dispose();

    private static byte[] AssociatedData(string boundTo) => [Version, .. Encoding.UTF8.GetBytes(boundTo)];
}
