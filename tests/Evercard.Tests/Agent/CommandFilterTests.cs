using Evercard.Agent.CardScripts;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Protocol;

namespace Evercard.Tests.Agent;

public class CommandFilterTests
{
    private static readonly CardAct[] Acts = Enum.GetValues<CardAct>();
    private static readonly byte[] Eight = new byte[8];

    /// <summary>Every command that anybody could want to send, by name.</summary>
    private static readonly (string Name, CommandApdu Command)[] Known =
    [
        ("SELECT PIV", PivCommands.Select()),
        ("GET DATA CHUID", PivCommands.GetData(DataObject.Chuid)),
        ("GET DATA 9A", PivCommands.GetData(DataObject.AuthenticationCertificate)),
        ("GET DATA 9C", PivCommands.GetData(DataObject.SignatureCertificate)),
        ("GET DATA printed information", PivCommands.GetData(DataObject.PrintedInformation)),
        ("VERIFY status", PivCommands.VerifyStatus()),
        ("metadata 9A", PivCommands.GetMetadata(KeyReference.Authentication)),
        ("serial", PivCommands.GetSerial()),
        ("version", PivCommands.GetVersion()),
        ("9B witness", PivCommands.RequestWitness(PivAlgorithm.Aes256)),
        ("9B answer", PivCommands.AnswerWitness(PivAlgorithm.Aes256, new byte[16], new byte[16])),
        ("GENERATE 9A", PivCommands.GenerateKeyPair(KeyReference.Authentication, PivAlgorithm.P256)),
        ("GENERATE 9C", PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.Rsa2048)),
        ("PUT DATA 9A", PivCommands.PutData(DataObject.AuthenticationCertificate, new byte[1500])),
        ("PUT DATA 9C", PivCommands.PutData(DataObject.SignatureCertificate, new byte[1500])),
        ("PUT DATA CHUID", PivCommands.PutData(DataObject.Chuid, new byte[59])),
        ("PUT DATA CCC", PivCommands.PutData(DataObject.CardCapabilityContainer, new byte[51])),
        ("PUT DATA discovery", PivCommands.PutData(DataObject.Discovery, new byte[18])),
        ("PUT DATA printed information", PivCommands.PutData(DataObject.PrintedInformation, new byte[40])),
        ("PUT DATA key history", PivCommands.PutData(DataObject.KeyHistory, new byte[10])),
        ("set 9B", PivCommands.SetManagementKey(PivAlgorithm.Aes256, new byte[32])),
        ("change PUK", PivCommands.ChangeReferenceData(ReferenceData.Puk, Eight, Eight)),

        ("VERIFY with data", PivCommands.Verify(Eight)),
        ("change passcode", PivCommands.ChangeReferenceData(ReferenceData.Passcode, Eight, Eight)),
        ("RESET RETRY COUNTER", PivCommands.ResetRetryCounter(Eight, Eight)),
        ("GENERATE 9D", PivCommands.GenerateKeyPair(KeyReference.KeyManagement, PivAlgorithm.P256)),
        ("GENERATE 9E", PivCommands.GenerateKeyPair(KeyReference.CardAuthentication, PivAlgorithm.P256)),
        ("PUT DATA 9D", PivCommands.PutData(DataObject.KeyManagementCertificate, new byte[10])),
        ("GET DATA fingerprints", PivCommands.GetData(new DataObject(0x5FC103))),
        ("sign 9A", PivCommands.Sign(KeyReference.Authentication, PivAlgorithm.P256, new byte[32])),
        ("sign 9C", PivCommands.Sign(KeyReference.Signature, PivAlgorithm.P256, new byte[32])),
        ("SELECT other", new CommandApdu(0, 0xA4, 4, 0, new byte[] { 0xA0, 0, 0, 5, 0x27, 0x20, 1, 1, 1 }, 256)),
        ("SELECT short", new CommandApdu(0, 0xA4, 4, 0, new byte[] { 0xA0, 0, 0, 3, 8 }, 256)),
        ("factory reset", new CommandApdu(0, 0xFB, 0, 0)),
        ("set tries", new CommandApdu(0, 0xFA, 3, 3)),
        ("import", new CommandApdu(0, 0xFE, 0x11, 0x9A, new byte[34])),
        ("GENERATE without PIN", new CommandApdu(0, 0x47, 0, 0x9A, new byte[] { 0xAC, 6, 0x80, 1, 0x11, 0xAA, 1, 1 }, 256)),
        ("two objects", new CommandApdu(0, 0xDB, 0x3F, 0xFF,
            (byte[])[.. PivCommands.PutData(DataObject.SignatureCertificate, Eight).Data.Span, .. PivCommands.PutData(DataObject.Chuid, Eight).Data.Span])),
    ];

    private static readonly string[] Reading =
        ["SELECT PIV", "GET DATA CHUID", "GET DATA 9A", "GET DATA 9C", "VERIFY status", "metadata 9A", "serial", "version"];

    private static readonly string[] Witness = ["9B witness", "9B answer"];

    private static readonly string[] Renewing = [.. Reading, .. Witness, "GENERATE 9A", "GENERATE 9C", "PUT DATA 9A", "PUT DATA 9C"];

    private static readonly Dictionary<CardAct, string[]> Expected = new()
    {
        [CardAct.LogIn] = Reading,
        [CardAct.PasscodeChange] = Reading,
        [CardAct.Confirmation] = Reading,
        [CardAct.Unlock] = [.. Reading, .. Witness, "change PUK"],
        [CardAct.Renewal] = Renewing,
        [CardAct.Repair] = [.. Renewing, "change PUK"],
        [CardAct.Issuance] =
        [
            .. Renewing, "change PUK", "set 9B", "GET DATA printed information", "PUT DATA CHUID", "PUT DATA CCC", "PUT DATA discovery",
            "PUT DATA printed information", "PUT DATA key history",
        ],
    };

    [Fact]
    public void Each_act_is_let_through_what_it_needs_and_nothing_else()
    {
        foreach (var act in Acts)
        {
            Known.Where(one => CommandFilter.Allows(act, one.Command)).Select(one => one.Name).ShouldBe(Expected[act], ignoreOrder: true);
        }
    }

    [Fact]
    public void No_other_instruction_passes_whatever_its_class_and_parameters()
    {
        byte[] allowed = [0xA4, 0xCB, 0xF7, 0xF8, 0xFD, 0x20, 0x87, 0x47, 0xDB, 0xFF, 0x24];
        byte[][] data = [[], Eight, .. Known.Select(one => one.Command.Data.ToArray())];
        foreach (var act in Acts)
        {
            for (var ins = 0; ins < 256; ins++)
            {
                if (allowed.Contains((byte)ins))
                {
                    continue;
                }

                data.Any(d => CommandFilter.Allows(act, new CommandApdu(0, (byte)ins, 0, 0x80, d, null))).ShouldBeFalse($"{ins:X2} in {act}");
            }
        }
    }

    [Fact]
    public void No_class_but_00_passes()
    {
        foreach (var (_, command) in Known)
        {
            for (var cla = 1; cla < 256; cla++)
            {
                var other = command with { Cla = (byte)cla };
                Acts.Any(act => CommandFilter.Allows(act, other)).ShouldBeFalse($"class {cla:X2}");
            }
        }
    }

    [Fact]
    public void Raw_general_authenticate_reaches_the_administration_key_alone()
    {
        var template = PivCommands.RequestWitness(PivAlgorithm.Aes256).Data;
        foreach (var act in Acts)
        {
            for (var p = 0; p < 65_536; p++)
            {
                var (algorithm, key) = ((byte)(p >> 8), (byte)p);
                if (CommandFilter.Allows(act, new CommandApdu(0, 0x87, algorithm, key, template, 256)))
                {
                    key.ShouldBe((byte)0x9B);
                    algorithm.ShouldBeOneOf((byte)0x00, (byte)0x03, (byte)0x08, (byte)0x0A, (byte)0x0C);
                    act.ShouldNotBe(CardAct.LogIn);
                }
            }
        }
    }

    [Fact]
    public void Raw_generate_put_data_and_change_reference_data_reach_no_other_reference()
    {
        foreach (var act in Acts)
        {
            for (var p2 = 0; p2 < 256; p2++)
            {
                var generate = PivCommands.GenerateKeyPair((KeyReference)p2, PivAlgorithm.P256);
                var change = PivCommands.ChangeReferenceData((ReferenceData)p2, Eight, Eight);
                var write = PivCommands.PutData(new DataObject(0x5FC100 | p2), Eight);
                CommandFilter.Allows(act, generate).ShouldBe(Expected[act].Contains("GENERATE 9A") && p2 is 0x9A or 0x9C);
                CommandFilter.Allows(act, change).ShouldBe(Expected[act].Contains("change PUK") && p2 == 0x81);
                if (act == CardAct.Renewal)
                {
                    CommandFilter.Allows(act, write).ShouldBe(p2 is 0x05 or 0x0A);
                }
            }
        }
    }

    [Fact]
    public void A_proof_is_made_for_a_purpose_of_the_act_with_a_cardholder_key_only()
    {
        CommandFilter.Allows(CardAct.LogIn, Prove(KeyReference.Authentication, ProofPurpose.LogIn)).ShouldBeTrue();
        CommandFilter.Allows(CardAct.LogIn, Prove(KeyReference.Authentication, ProofPurpose.Written)).ShouldBeFalse();
        CommandFilter.Allows(CardAct.Renewal, Prove(KeyReference.Signature, ProofPurpose.Generated)).ShouldBeTrue();
        CommandFilter.Allows(CardAct.Renewal, Prove(KeyReference.Signature, ProofPurpose.LogIn)).ShouldBeFalse();
        CommandFilter.Allows(CardAct.Confirmation, Prove(KeyReference.Authentication, ProofPurpose.Confirm)).ShouldBeTrue();
        CommandFilter.Allows(CardAct.Confirmation, Prove(KeyReference.Authentication, ProofPurpose.LogIn)).ShouldBeFalse();
        CommandFilter.Allows(CardAct.LogIn, Prove(KeyReference.Authentication, ProofPurpose.Confirm)).ShouldBeFalse();
        CommandFilter.Allows(CardAct.Repair, Prove(KeyReference.Authentication, ProofPurpose.Finish)).ShouldBeFalse();
        CommandFilter.Allows(CardAct.Renewal, Prove(KeyReference.CardAuthentication, ProofPurpose.Observe)).ShouldBeFalse();
    }

    [Fact]
    public void A_passcode_is_set_only_by_acts_that_set_one()
    {
        foreach (var act in Acts)
        {
            CommandFilter.Allows(act, new CardStep.SetPasscode(Eight)).ShouldBe(act is CardAct.Repair or CardAct.Unlock or CardAct.Issuance);
            CommandFilter.Allows(act, new CardStep.ChangePasscode()).ShouldBe(act is CardAct.PasscodeChange);
        }
    }

    private static CardStep.Prove Prove(KeyReference key, ProofPurpose purpose) => new(key, PivAlgorithm.P256, new byte[32], purpose);
}
