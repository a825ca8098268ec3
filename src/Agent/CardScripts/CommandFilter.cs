using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Protocol;

namespace Evercard.Agent.CardScripts;

/// <summary>
/// Which steps the agent lets through to the card, act by act: what is not in the table is refused. A server that was
/// broken into can thus neither try passcodes, nor sign with the cardholder's keys, nor rewrite a card outside its act.
/// </summary>
public static class CommandFilter
{
    private static readonly CardAct[] All = Enum.GetValues<CardAct>();
    private static readonly CardAct[] Writing = [CardAct.Renewal, CardAct.Repair, CardAct.Issuance];
    private const int ShortestAid = 9;
    private const PivAlgorithm DefaultAlgorithm = default;

    private static readonly DataObject[] Certificates = [DataObject.AuthenticationCertificate, DataObject.SignatureCertificate];

    private static readonly DataObject[] Readable =
        [.. Certificates, DataObject.Chuid, DataObject.Discovery, DataObject.CardCapabilityContainer, DataObject.KeyHistory];

    private static readonly DataObject[] WrittenAtIssuance =
        [.. Readable, DataObject.PrintedInformation, DataObject.SecurityObject];

    private static readonly Rule[] Rules =
    [
        new(PivInstruction.Select, All, c => (c.P1, c.P2) == (4, 0) && c.Data.Length >= ShortestAid && PivCommands.ApplicationIdentifier.Span.StartsWith(c.Data.Span)),
        new(PivInstruction.GetData, All, c => IsObjectAccess(c) && IsTagList(c, Readable)),
        new(PivInstruction.GetData, [CardAct.Issuance], c => IsObjectAccess(c) && IsTagList(c, WrittenAtIssuance)),
        new(PivInstruction.GetMetadata, All, c => c.P1 == 0 && c.Data.IsEmpty),
        new(PivInstruction.GetSerial, All, c => (c.P1, c.P2) == (0, 0) && c.Data.IsEmpty),
        new(PivInstruction.GetVersion, All, c => (c.P1, c.P2) == (0, 0) && c.Data.IsEmpty),
        // Without data VERIFY only tells the tries left (SP 800-73-5 part 2, 3.2.1).
        new(PivInstruction.Verify, All, c => (c.P1, c.P2) == (0, (byte)ReferenceData.Passcode) && c.Data.IsEmpty),
        new(PivInstruction.GeneralAuthenticate, [CardAct.Renewal, CardAct.Repair, CardAct.Unlock, CardAct.Issuance], c => IsAdministrationKey(c)),
        new(PivInstruction.GenerateAsymmetricKeyPair, Writing, c => c.P1 == 0 && IsCardholderKey(c.P2) && GeneratedKey.TryReadAlgorithm(c, out _)),
        new(PivInstruction.PutData, Writing, c => IsObjectAccess(c) && Writes(c, Certificates)),
        new(PivInstruction.PutData, [CardAct.Issuance], c => IsObjectAccess(c) && Writes(c, WrittenAtIssuance)),
        new(PivInstruction.SetManagementKey, [CardAct.Issuance], c => c.P1 == 0xFF && c.P2 is 0xFF or 0xFE && c.Data.Length > 3
            && c.Data.Span[1] == (byte)KeyReference.Administration),
        // A PUK is used once and then rotated; both values are the server's.
        new(PivInstruction.ChangeReferenceData, [CardAct.Repair, CardAct.Unlock, CardAct.Issuance], c => (c.P1, c.P2) == (0, (byte)ReferenceData.Puk) && c.Data.Length == 16),
    ];

    /// <summary>Whether every step of the script belongs to the act.</summary>
    public static bool Allows(CardAct act, CardScript script) => script.Steps.All(step => Allows(act, step));

    public static bool Allows(CardAct act, CardStep step) => step switch
    {
        CardStep.Raw raw => Allows(act, raw.Command),
        CardStep.Reset => true,
        CardStep.VerifyPasscode => true,
        CardStep.SetPasscode => act is CardAct.Repair or CardAct.Unlock or CardAct.Issuance,
        CardStep.ChangePasscode => act is CardAct.PasscodeChange,
        CardStep.Prove prove => IsCardholderKey((byte)prove.Key) && prove.Algorithm.IsAsymmetric() && PurposesOf(act).Contains(prove.Purpose),
        _ => false,
    };

    /// <summary>Whether a raw command belongs to the act. Class 00 only: chaining is made below the script.</summary>
    public static bool Allows(CardAct act, CommandApdu command) =>
        command.Cla == 0 && Rules.Any(rule => rule.Ins == command.Ins && rule.Acts.Contains(act) && rule.Fits(command));

    private static ProofPurpose[] PurposesOf(CardAct act) => act switch
    {
        CardAct.LogIn => [ProofPurpose.LogIn],
        CardAct.Renewal => [ProofPurpose.Observe, ProofPurpose.Finish, ProofPurpose.Generated, ProofPurpose.Written],
        CardAct.Repair => [ProofPurpose.Observe, ProofPurpose.Generated, ProofPurpose.Written],
        CardAct.Issuance => [ProofPurpose.Generated, ProofPurpose.Written],
        CardAct.Unlock or CardAct.PasscodeChange or CardAct.Test => [ProofPurpose.Observe],
        CardAct.Confirmation => [ProofPurpose.Confirm],
        _ => [],
    };

    private static bool IsCardholderKey(byte key) => key is (byte)KeyReference.Authentication or (byte)KeyReference.Signature;

    /// <summary>9B with a symmetric algorithm and one dynamic authentication template (SP 800-73-5 part 2, table 7).</summary>
    private static bool IsAdministrationKey(CommandApdu command) =>
        command.P2 == (byte)KeyReference.Administration
        && (PivAlgorithm)command.P1 is DefaultAlgorithm or PivAlgorithm.TripleDes or PivAlgorithm.Aes128 or PivAlgorithm.Aes192 or PivAlgorithm.Aes256
        && IsOneObject(command.Data, 0x7C);

    private static bool IsObjectAccess(CommandApdu command) => (command.P1, command.P2) == (0x3F, 0xFF);

    private static bool IsOneObject(ReadOnlyMemory<byte> data, int tag) =>
        BerTlv.TryReadAll(data, TlvReading.Strict, out var objects) && objects.Count == 1 && objects[0].Tag == tag;

    private static bool IsTagList(CommandApdu command, DataObject[] objects) =>
        BerTlv.TryReadAll(command.Data, TlvReading.Strict, out var read) && read.Count == 1 && Names(read[0], objects);

    /// <summary>5C (which object) then 53 (its value); the discovery object stands alone under its own tag 7E.</summary>
    private static bool Writes(CommandApdu command, DataObject[] objects) =>
        BerTlv.TryReadAll(command.Data, TlvReading.Strict, out var read)
        && ((read.Count == 2 && Names(read[0], objects) && read[1].Tag == 0x53)
            || (read.Count == 1 && read[0].Tag == DataObject.Discovery.Tag && objects.Contains(DataObject.Discovery)));

    private static bool Names(BerTlv tagList, DataObject[] objects) =>
        tagList.Tag == 0x5C && objects.Any(one => tagList.Value.Span.SequenceEqual(one.TagBytes()));

    private sealed record Rule(byte Ins, CardAct[] Acts, Func<CommandApdu, bool> Fits);
}
