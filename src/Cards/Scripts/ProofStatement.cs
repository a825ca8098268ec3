using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Evercard.Cards.Piv;

namespace Evercard.Cards.Scripts;

/// <summary>What every proof and every script of one act is bound to.</summary>
/// <param name="ServerOrigin">Scheme, host and port of the server that the agent is connected to, e.g. "https://care-identity.example".</param>
/// <param name="AgentId">The agent that runs the scripts.</param>
/// <param name="ActId">Operation or session id.</param>
/// <param name="Epoch">Counts the take-overs of an operation; a lower one is stale.</param>
public sealed record ActBinding(string ServerOrigin, string AgentId, string ActId, int Epoch);

/// <summary>
/// The structure that a card signs to prove a key. The agent builds it, so that the server can never have an arbitrary
/// hash signed. Encoding: the domain separator, then each field with a 4-byte big-endian length before it.
/// </summary>
/// <param name="Binding">Server, agent, act, epoch.</param>
/// <param name="Purpose">What the signature is for.</param>
/// <param name="Key">9A or 9C.</param>
/// <param name="KeyHash">32 bytes: SHA-256 of the public key (SubjectPublicKeyInfo, DER) generated in this script; zeros where none was.</param>
/// <param name="Nonce">32 bytes from the server.</param>
public sealed record ProofStatement(
    ActBinding Binding, ProofPurpose Purpose, KeyReference Key, ReadOnlyMemory<byte> KeyHash, ReadOnlyMemory<byte> Nonce)
{
    private const string Domain = "Evercard card proof 1";

    public static readonly ReadOnlyMemory<byte> NoKeyHash = new byte[32];

    public byte[] Encode()
    {
        var bytes = new ArrayBufferWriter<byte>();
        Add(bytes, Encoding.ASCII.GetBytes(Domain));
        Add(bytes, [(byte)Purpose]);
        Add(bytes, Encoding.UTF8.GetBytes(Binding.ServerOrigin));
        Add(bytes, Encoding.UTF8.GetBytes(Binding.AgentId));
        Add(bytes, Encoding.UTF8.GetBytes(Binding.ActId));
        Span<byte> epoch = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(epoch, Binding.Epoch);
        Add(bytes, epoch);
        Add(bytes, [(byte)Key]);
        Add(bytes, KeyHash.Span);
        Add(bytes, Nonce.Span);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The hash that fits the key: SHA-384 for P-384, otherwise SHA-256.</summary>
    public static HashAlgorithmName HashFor(PivAlgorithm algorithm) =>
        algorithm == PivAlgorithm.P384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>Digest of <see cref="Encode"/> with <see cref="HashFor"/>.</summary>
    public byte[] Digest(PivAlgorithm algorithm) =>
        algorithm == PivAlgorithm.P384 ? SHA384.HashData(Encode()) : SHA256.HashData(Encode());

    /// <summary>Checks a card's signature over this statement.</summary>
    /// <param name="subjectPublicKeyInfo">DER SubjectPublicKeyInfo of an EC or RSA key.</param>
    /// <param name="signature">ECDSA: DER sequence (RFC 3279); RSA: PKCS#1 v1.5.</param>
    /// <returns>False for a wrong signature and for anything that is none; never throws.</returns>
    public bool IsSignedBy(ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlyMemory<byte> signature)
    {
        try
        {
            using var ec = ECDsa.Create();
            ec.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo.Span, out _);
            var hash = ec.KeySize == 384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
            return ec.VerifyData(Encode(), signature.Span, hash, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return IsSignedByRsa(subjectPublicKeyInfo, signature);
        }
    }

    private bool IsSignedByRsa(ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlyMemory<byte> signature)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo.Span, out _);
            return rsa.VerifyData(Encode(), signature.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void Add(ArrayBufferWriter<byte> bytes, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        bytes.Write(length);
        bytes.Write(field);
    }
}
