using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.Agent.CardScripts;

/// <summary>The key hash of a proof: the agent reads the card's answer to GENERATE ASYMMETRIC KEY PAIR itself.</summary>
internal static class GeneratedKey
{
    private const int ControlReferenceTemplate = 0xAC;
    private const int AlgorithmTag = 0x80;

    /// <summary>The algorithm in the template AC; any other member (a weaker PIN policy) makes it unreadable.</summary>
    public static bool TryReadAlgorithm(CommandApdu generate, out PivAlgorithm algorithm)
    {
        algorithm = default;
        if (!BerTlv.TryReadAll(generate.Data, TlvReading.Strict, out var outer) || outer is not [{ Tag: ControlReferenceTemplate } template]
            || !BerTlv.TryReadAll(template.Value, TlvReading.Strict, out var inner) || inner is not [{ Tag: AlgorithmTag, Value.Length: 1 } named])
        {
            return false;
        }

        algorithm = (PivAlgorithm)named.Value.Span[0];
        return algorithm.IsAsymmetric();
    }

    /// <summary>SHA-256 of the new public key (SubjectPublicKeyInfo); zeros where the answer holds none.</summary>
    public static ReadOnlyMemory<byte> Hash(CommandApdu generate, ReadOnlyMemory<byte> answer) =>
        TryReadAlgorithm(generate, out var algorithm) && PivPublicKey.TryReadGenerated(answer, algorithm, out var subjectPublicKeyInfo)
            ? SHA256.HashData(subjectPublicKeyInfo)
            : Cards.Scripts.ProofStatement.NoKeyHash;
}
