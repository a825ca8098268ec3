using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Evercard.Protocol;

/// <summary>
/// What an agent signs with its device key in the hello. The agent puts in the origin of the server that it is pinned to,
/// the server its own: a hello relayed from another server does not verify.
/// </summary>
/// <param name="Nonce">32 bytes of the challenge.</param>
/// <param name="ServerOrigin">Scheme, host and port, as <see cref="OriginOf"/> writes them.</param>
/// <param name="AgentId">As <see cref="AgentIdOf"/> makes it.</param>
public sealed record HelloStatement(ReadOnlyMemory<byte> Nonce, string ServerOrigin, string AgentId)
{
    private const string Domain = "Evercard agent hello 1";

    /// <summary>Domain separator and fields, each after its length (4 bytes, big endian). Signed with ECDSA P-256 and SHA-256, 64 bytes r and s.</summary>
    public byte[] Encode()
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var field in (ReadOnlySpan<byte[]>)[
            Encoding.ASCII.GetBytes(Domain), Nonce.ToArray(), Encoding.UTF8.GetBytes(ServerOrigin), Encoding.UTF8.GetBytes(AgentId)])
        {
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            bytes.Write(length);
            bytes.Write(field);
        }

        return bytes.ToArray();
    }

    /// <summary>Lower-case hexadecimal SHA-256 of the device key (SubjectPublicKeyInfo, DER).</summary>
    public static string AgentIdOf(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo));

    /// <summary>"https://care-identity.example": lower case, default port left out, ws and wss told as http and https.</summary>
    public static string OriginOf(Uri address)
    {
        var scheme = address.Scheme switch { "ws" => "http", "wss" => "https", var other => other };
        var defaultPort = scheme == "https" ? 443 : 80;
        return address.Port == defaultPort ? $"{scheme}://{address.IdnHost}" : $"{scheme}://{address.IdnHost}:{address.Port}";
    }
}
