using System.Security.Cryptography;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>Whether a hello proves the device key for this link.</summary>
internal static class HelloCheck
{
    public const string OtherProtocol = "another version of the protocol";

    /// <returns>Null where all is well; never throws.</returns>
    public static string? FindFault(Hello hello, ReadOnlyMemory<byte> nonce, string serverOrigin)
    {
        if (hello.Protocol != MessageCodec.ProtocolVersion)
        {
            return OtherProtocol;
        }

        var statement = new HelloStatement(nonce, serverOrigin, HelloStatement.AgentIdOf(hello.AgentPublicKey.Span));
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(hello.AgentPublicKey.Span, out var read);
            return read != hello.AgentPublicKey.Length || key.KeySize != 256 ? "the device key is not P-256"
                : key.VerifyData(statement.Encode(), hello.Signature.Span, HashAlgorithmName.SHA256) ? null
                : "the signature does not verify";
        }
        catch (CryptographicException)
        {
            return "the device key is none";
        }
    }
}
