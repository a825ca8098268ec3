using System.Security.Cryptography;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Tests.Cards;

namespace Evercard.Tests.Lifecycle;

/// <summary>
/// A hostile computer: it hands in keys of its own in place of the card's, proves them, and claims the writes. It needs the
/// card only for 9B, which it does not know.
/// </summary>
internal sealed class KeySwapper(ICard honest, string liesUntil, bool generatesToo = false) : ICard
{
    private readonly Dictionary<KeyReference, ECDsa> own = [];
    private readonly Dictionary<DataObject, ReadOnlyMemory<byte>> claimed = [];
    private bool over;

    public ActBinding Binding => honest.Binding;

    public async Task<ScriptReply> Run(CardScript script, CancellationToken cancellation)
    {
        over |= script.Name == liesUntil;
        if (over)
        {
            return new ScriptReply([], CardConnectionFailure.Removed, TimeSpan.Zero);
        }

        if (script.Name == "observe")
        {
            return await honest.Run(script, cancellation);
        }

        // 9B is the server's and the card's: its exchange goes through, and whatever the swapper wants done besides.
        var through = script.Steps.Where(s => IsAdministration(s) || (generatesToo && IsGenerate(s))).ToList();
        var real = await honest.Run(script with { Steps = through }, cancellation);
        return real with { Answers = [.. script.Steps.Select(s => through.Contains(s) && !IsGenerate(s) ? real.Answers[through.IndexOf(s)] : Lie(s))] };
    }

    private StepAnswer Lie(CardStep step) => step switch
    {
        CardStep.Raw raw when IsGenerate(step) => new(StatusWord.Success, Generate((KeyReference)raw.Command.P2)),
        CardStep.Raw { Command.Ins: PivInstruction.PutData } raw => Claim(raw.Command),
        CardStep.Raw { Command.Ins: PivInstruction.GetData } => new(StatusWord.Success, claimed[claimed.Keys.Last()]),
        CardStep.Prove prove => new(StatusWord.Success, Sign(prove), PasscodeVerified: true),
        _ => new(StatusWord.Success, default),
    };

    private byte[] Generate(KeyReference key)
    {
        own[key] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return GeneratedKey.Encode(own[key].ExportSubjectPublicKeyInfo(), PivAlgorithm.P256);
    }

    private StepAnswer Claim(CommandApdu put)
    {
        BerTlv.TryReadAll(put.Data, TlvReading.Strict, out var read).ShouldBeTrue();
        claimed[DataObject.SignatureCertificate] = BerTlv.Encode(0x53, read![1].Value.Span);
        return new StepAnswer(StatusWord.Success, default);
    }

    private byte[] Sign(CardStep.Prove prove)
    {
        var hash = prove.Purpose == ProofPurpose.Generated ? SHA256.HashData(own[prove.Key].ExportSubjectPublicKeyInfo()) : ProofStatement.NoKeyHash;
        var statement = new ProofStatement(Binding, prove.Purpose, prove.Key, hash, prove.Nonce);
        return own[prove.Key].SignData(statement.Encode(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool IsGenerate(CardStep step) => step is CardStep.Raw { Command.Ins: PivInstruction.GenerateAsymmetricKeyPair };

    private static bool IsAdministration(CardStep step) =>
        step is CardStep.Raw { Command: { Ins: PivInstruction.GeneralAuthenticate, P2: (byte)KeyReference.Administration } };
}
