using System.Security.Cryptography;
using Evercard.Agent.CardScripts;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Tests.Cards;
using Evercard.Tests.Support;

namespace Evercard.Tests.Agent;

public sealed class ScriptRunnerTests : IDisposable
{
    private static readonly ActBinding Binding = new("https://care-identity.example", "agent", "act-1", 2);
    private static readonly byte[] Nonce = RandomNumberGenerator.GetBytes(32);
    private readonly ManualTime time = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HeldPasscode passcode;

    public ScriptRunnerTests()
    {
        HeldPasscode.TryHold("739154", time, out var held).ShouldBeTrue();
        passcode = held!;
    }

    public void Dispose()
    {
        key.Dispose();
        passcode.Dispose();
    }

    [Fact]
    public void All_steps_run_in_one_transaction_and_card_time_is_summed()
    {
        var card = new ScriptedConnection(_ => ResponseApdu.Ok(), time);
        var reply = Run(card, Raw(PivCommands.Select()), Raw(PivCommands.GetData(DataObject.Chuid)), new CardStep.VerifyPasscode());
        reply.Answers.Count.ShouldBe(3);
        reply.Failure.ShouldBeNull();
        reply.CardTime.ShouldBe(TimeSpan.FromMilliseconds(30));
        card.OpenTransactions.ShouldBe(0);
        Convert.ToHexString(card.Sent[2]).ShouldBe("0020008008373339313534FFFF");
    }

    [Fact]
    public void It_stops_at_the_first_unexpected_status()
    {
        var card = new ScriptedConnection(c => c.Ins == 0xCB ? ResponseApdu.Of(StatusWord.FileNotFound) : ResponseApdu.Ok());
        Run(card, Raw(PivCommands.GetData(DataObject.Chuid)), Raw(PivCommands.Select())).Answers.Single().Status.ShouldBe(StatusWord.FileNotFound);
        Run(card, new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true), Raw(PivCommands.Select())).Answers.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0x63C2)]
    [InlineData(0x63C0)]
    [InlineData(0x6983)]
    public void A_wrong_passcode_is_zeroed_at_once_and_never_sent_again(int status)
    {
        var card = new ScriptedConnection(c => c.Ins == 0x20 ? ResponseApdu.Of(new StatusWord((ushort)status)) : ResponseApdu.Ok());
        var reply = Run(card, Prove(tolerant: true), Prove(tolerant: true));
        reply.Answers.Single().ShouldBe(new StepAnswer(new StatusWord((ushort)status), default, PasscodeVerified: false));
        passcode.IsHeld.ShouldBeFalse();
        Run(card, new CardStep.VerifyPasscode()).Answers.Single().Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        card.SentInstructions.ShouldBe(["20"]);
    }

    [Fact]
    public void A_tolerant_proof_forgives_a_failed_signature()
    {
        var card = new ScriptedConnection(c => c.Ins == 0x87 ? ResponseApdu.Of(StatusWord.IncorrectParameters) : ResponseApdu.Ok());
        Run(card, Prove(tolerant: false), Raw(PivCommands.Select())).Answers.Count.ShouldBe(1);
        var reply = Run(card, Prove(tolerant: true), Raw(PivCommands.Select()));
        reply.Answers.Count.ShouldBe(2);
        reply.Answers[0].PasscodeVerified.ShouldBeTrue();
        passcode.IsHeld.ShouldBeTrue();
    }

    [Fact]
    public void A_proof_is_verify_directly_followed_by_a_signature_over_the_statement()
    {
        var card = Card();
        var reply = Run(card, Prove());
        card.SentInstructions.ShouldBe(["20", "87"]);
        Statement(ProofStatement.NoKeyHash).IsSignedBy(key.ExportSubjectPublicKeyInfo(), reply.Answers.Single().Data).ShouldBeTrue();
    }

    [Fact]
    public void A_proof_after_generate_names_the_key_generated_in_this_script()
    {
        var spki = key.ExportSubjectPublicKeyInfo();
        var reply = Run(Card(), Raw(PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.P256)), Prove());
        Statement(SHA256.HashData(spki)).IsSignedBy(spki, reply.Answers[1].Data).ShouldBeTrue();
        Statement(ProofStatement.NoKeyHash).IsSignedBy(spki, reply.Answers[1].Data).ShouldBeFalse();
    }

    [Fact]
    public void A_proof_with_the_other_key_names_no_key()
    {
        var reply = Run(Card(), Raw(PivCommands.GenerateKeyPair(KeyReference.Authentication, PivAlgorithm.P256)), Prove());
        Statement(ProofStatement.NoKeyHash).IsSignedBy(key.ExportSubjectPublicKeyInfo(), reply.Answers[1].Data).ShouldBeTrue();
    }

    [Fact]
    public void A_reset_selects_the_application_again()
    {
        var card = Card();
        Run(card, new CardStep.Reset()).Answers.Single().Status.IsSuccess.ShouldBeTrue();
        card.Resets.ShouldBe(1);
        card.SentInstructions.ShouldBe(["A4"]);
    }

    [Fact]
    public void A_card_pulled_in_the_middle_leaves_the_answers_so_far_and_no_passcode()
    {
        var card = new ScriptedConnection(c => c.Ins == 0xCB
            ? throw new CardConnectionException(CardConnectionFailure.Removed, "gone") : ResponseApdu.Ok());
        var reply = Run(card, Raw(PivCommands.Select()), Raw(PivCommands.GetData(DataObject.Chuid)), new CardStep.VerifyPasscode());
        reply.Answers.Count.ShouldBe(1);
        reply.Failure.ShouldBe(CardConnectionFailure.Removed);
        passcode.IsHeld.ShouldBeFalse();
        card.OpenTransactions.ShouldBe(0);
    }

    [Fact]
    public void A_new_passcode_is_set_with_the_puk()
    {
        HeldPasscode.TryHold("246813", time, out var chosen).ShouldBeTrue();
        var card = new ScriptedConnection(_ => ResponseApdu.Ok());
        var script = new CardScript("set", [new CardStep.SetPasscode("12345678"u8.ToArray()), new CardStep.ChangePasscode()]);
        new ScriptRunner(card, Binding, passcode, chosen, time).Run(script).Answers.Count.ShouldBe(2);
        card.Sent.Select(Convert.ToHexString).ShouldBe(
            ["002C008010" + "3132333435363738" + "323436383133FFFF", "0024008010" + "373339313534FFFF" + "323436383133FFFF"]);
    }

    [Fact]
    public void Without_a_chosen_passcode_none_is_set()
    {
        var card = new ScriptedConnection(_ => ResponseApdu.Ok());
        Run(card, new CardStep.SetPasscode(new byte[8])).Answers.Single().Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        card.Sent.ShouldBeEmpty();
    }

    private static CardStep.Raw Raw(CommandApdu command) => new(command);

    private static CardStep.Prove Prove(bool tolerant = false) =>
        new(KeyReference.Signature, PivAlgorithm.P256, Nonce, ProofPurpose.Observe, tolerant);

    private static ProofStatement Statement(ReadOnlyMemory<byte> keyHash) =>
        new(Binding, ProofPurpose.Observe, KeyReference.Signature, keyHash, Nonce);

    private ScriptReply Run(ScriptedConnection card, params CardStep[] steps) =>
        new ScriptRunner(card, Binding, passcode, null, time).Run(new CardScript("test", steps));

    /// <summary>Generates and signs with the one key of this test.</summary>
    private ScriptedConnection Card() => new(command => command.Ins switch
    {
        0x47 => ResponseApdu.Ok(GeneratedKey.Encode(key.ExportSubjectPublicKeyInfo(), PivAlgorithm.P256)),
        0x87 => ResponseApdu.Ok(BerTlv.Encode(0x7C, BerTlv.Encode(0x82, key.SignHash(command.Data.Span[^32..], DSASignatureFormat.Rfc3279DerSequence)))),
        _ => ResponseApdu.Ok(),
    });
}
