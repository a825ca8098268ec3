using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;
using Evercard.Tests.Cards;

namespace Evercard.Tests.Lifecycle;

/// <summary>
/// Computers that lie. Whatever they claim, the true card is finished at an honest computer, and no old certificate is
/// retired for a write that never was.
/// </summary>
public sealed class LyingAgentTests(OpenWard open) : IClassFixture<OpenWard>
{
    private static int computers;
    private static readonly string[] Scripts = ["observe", "generate 9C", "write and prove 9C", "generate 9A", "write and prove 9A"];
    private readonly Ward ward = open.Ward;

    [Theory]
    [InlineData("staged", false)]
    [InlineData("write and prove 9C", false)]
    [InlineData("generate 9A", false)]
    [InlineData("staged", true)]
    [InlineData("write and prove 9C", true)]
    [InlineData("generate 9A", true)]
    public async Task A_swapped_key_is_found_out_at_an_honest_computer(string until, bool generatesToo)
    {
        var (card, id, old, liar, session) = await Start();
        ward.SignerDown = false;
        var swapper = new Func<ICard, ICard>(honest => new FakeCard(new KeySwapper(honest, until, generatesToo))
        {
            After = (script, _) =>
            {
                // "staged": the authority is down, so that the key gets no certificate.
                ward.SignerDown = until == "staged" && script.Name.StartsWith("generate", StringComparison.Ordinal);
                return null;
            },
        });
        (await ward.Visit(card, id, session, liar, through: swapper)).ShouldBeOfType<RenewalOutcome.Refused>();
        ward.SignerDown = false;
        var swapped = (await Steps(id)).Single(s => s.KeyReference == 0x9C);
        swapped.State.ShouldBe(until switch { "staged" => StepState.Prepared, "generate 9A" => StepState.Proven, _ => StepState.Issued });
        if (until != "generate 9A")
        {
            (await Serials(id)).ShouldBe(old, ignoreOrder: true);
        }

        await FinishHonestly(card, id, old);

        (await Steps(id)).ShouldContain(s => s.Attempt == 1 && s.KeyReference == 0x9C && s.State == StepState.Voided);
        if (until != "staged")
        {
            var certificate = await ward.Read(r => r.Authority.Certificates.SingleAsync(c => c.SerialNumber == swapped.CertificateSerialNumber));
            certificate.RevocationReason.ShouldBe(RevocationReason.KeyCompromise);
        }

        // With its old key still in it the card shows that the computer lied; a key that is gone shows only that something is wrong.
        var status = await ward.Read(r => r.Registry.Agents.Where(a => a.Id == liar).Select(a => a.Status).SingleAsync());
        status.ShouldBe(generatesToo ? AgentStatus.Known : AgentStatus.Quarantined);
        var alarm = (await ward.Read(r => r.Registry.AuditEvents.Where(e => e.SmartcardId == id && e.Kind == "KeyVoided").ToListAsync())).Single();
        alarm.Facts["alarm"].ShouldBe(generatesToo ? "the card lost a recorded key" : "an agent handed in a key that the card does not hold");
        alarm.Facts["quarantined"].ShouldBe(generatesToo ? "none" : liar);
    }

    /// <summary>Found by this test: nothing rang when a card was seen with its old key after a renewal that was a lie as a whole.</summary>
    [Fact]
    public async Task A_renewal_that_was_a_lie_as_a_whole_is_found_out_at_the_next_log_in()
    {
        var (card, id, _, liar, session) = await Start();
        (await ward.Visit(card, id, session, liar, through: honest => new KeySwapper(honest, "never"))).ShouldBeOfType<RenewalOutcome.Completed>();
        (await LogIn(card, id)).ShouldBe("REPAIR-NEEDED");

        var revoked = await ward.Read(r => r.Registry.Credentials.SingleAsync(c => c.SmartcardId == id && c.Status == CredentialStatus.Revoked));
        revoked.KeyReference.ShouldBe((byte)KeyReference.Authentication);
        (await ward.Read(r => r.Authority.Certificates.SingleAsync(c => c.SerialNumber == revoked.CertificateSerialNumber)))
            .RevocationReason.ShouldBe(RevocationReason.KeyCompromise);
        (await ward.Read(r => r.Registry.Agents.SingleAsync(a => a.Id == liar))).Status.ShouldBe(AgentStatus.Quarantined);
        (await ward.AuditTrail(id)).ShouldContain("OldKeyFound");
        (await LogIn(card, id)).ShouldBe("REPAIR-NEEDED");
    }

    [Fact]
    public async Task A_computer_that_is_found_out_gets_no_key_and_no_later_act()
    {
        var (card, id, old, liar, session) = await Start();
        await ward.Visit(card, id, session, liar, through: honest => new KeySwapper(honest, "write and prove 9C"));
        (await Refused(card, id, null, liar)).ShouldBe("AGENT-QUARANTINED");
        card.Image.Key(KeyReference.Signature).ShouldNotBeNull();
        (await Refused(card, id, null, liar)).ShouldBe("AGENT-QUARANTINED");
        await FinishHonestly(card, id, old);
    }

    [Fact]
    public async Task A_replayed_look_proves_nothing()
    {
        var (card, id, old, liar, session) = await Start();
        ScriptReply? seen = null;
        await ward.Visit(card, id, session, liar, through: honest => new FakeCard(honest)
        {
            Instead = (script, _) => Task.FromResult(script.Name == "observe" ? null : Gone),
            After = (_, reply) =>
            {
                seen ??= reply;
                return null;
            },
        });
        (await Refused(card, id, null, liar, honest => new FakeCard(honest)
        {
            After = (script, _) => script.Name switch
            {
                "observe" => seen,
                "observe again" => seen! with { Answers = [seen.Answers[0], .. seen.Answers.Skip(4)] },
                _ => null,
            },
        })).ShouldBe("REPAIR-NEEDED");
        (await Steps(id)).ShouldAllBe(s => s.State == StepState.Intended);
        await FinishHonestly(card, id, old);
    }

    [Fact]
    public async Task A_replayed_key_with_its_old_proof_is_not_staged()
    {
        var (card, id, old, liar, session) = await Start();
        ScriptReply? generated = null;
        await ward.Visit(card, id, session, liar, through: honest => new FakeCard(honest)
        {
            After = (script, reply) =>
            {
                if (script.Name != "generate 9C")
                {
                    return null;
                }

                generated = reply;
                return Gone;
            },
        });
        await ward.Visit(card, id, null, liar, through: honest => new FakeCard(honest)
        {
            After = (script, reply) => script.Name == "generate 9C" ? reply with { Answers = [reply.Answers[0], .. generated!.Answers.Skip(1)] } : null,
        });
        (await Steps(id)).ShouldAllBe(s => s.State == StepState.Intended || s.State == StepState.Voided);
        (await Serials(id)).ShouldBe(old, ignoreOrder: true);
        await FinishHonestly(card, id, old);
    }

    /// <summary>Found by this test: an old key that was handed in as a new one got a certificate.</summary>
    [Fact]
    public async Task The_old_key_is_not_taken_for_a_new_one()
    {
        var (card, id, old, liar, session) = await Start();
        var key = card.Image.Key(KeyReference.Signature)!;
        (await Refused(card, id, session, liar, honest => new FakeCard(honest)
        {
            Instead = (script, inner) => Claimed(script, inner, key, honest.Binding),
        })).ShouldBe("CARD-FAULTY");
        (await Steps(id)).ShouldAllBe(s => s.State == StepState.Intended);
        await FinishHonestly(card, id, old);
    }

    [Fact]
    public async Task A_write_that_is_only_claimed_retires_nothing()
    {
        var (card, id, old, liar, session) = await Start();
        var refused = (await ward.Visit(card, id, session, liar, through: honest => new FakeCard(honest)
        {
            Instead = async (script, inner) =>
            {
                var at = script.Steps.ToList().FindIndex(s => s is CardStep.Raw { Command.Ins: PivInstruction.PutData });
                if (at < 0)
                {
                    return null;
                }

                var reply = await inner.Run(script with { Steps = [.. script.Steps.Where((_, i) => i != at)] }, default);
                return reply with { Answers = [.. reply.Answers.Take(at), new StepAnswer(StatusWord.Success, default), .. reply.Answers.Skip(at)] };
            },
        })).ShouldBeOfType<RenewalOutcome.Refused>().Refusal;
        (refused.Code, refused.NextStep).ShouldBe(("CARD-FAULTY", "Replace it: ask your registration authority."));
        (await Serials(id)).ShouldBe(old, ignoreOrder: true);
        (await ward.AuditTrail(id)).ShouldNotContain("KeyVoided");
        await FinishHonestly(card, id, old);
    }

    [Fact]
    public async Task Replies_of_the_wrong_shape_stage_and_retire_nothing()
    {
        Func<ScriptReply, ScriptReply>[] mangle =
        [
            reply => reply with { Answers = [] },
            reply => reply with { Answers = [.. reply.Answers.SkipLast(2)] },
            reply => reply with { Answers = [reply.Answers[0]] },
            reply => reply with { Answers = [.. reply.Answers, reply.Answers[^1], reply.Answers[^1]] },
            reply => reply with { Answers = [.. reply.Answers.Select(a => a with { Data = a.Data.Length > 1 ? a.Data[..(a.Data.Length / 2)] : default })] },
            reply => reply with { Answers = [.. reply.Answers.Select(a => a with { Data = new byte[4_000] })] },
            reply => reply with { Answers = [.. reply.Answers.Reverse()] },
            reply => reply with { Answers = [.. reply.Answers.Select(a => a with { Status = new StatusWord(0x6F00) })] },
        ];
        foreach (var wrong in mangle)
        {
            var (card, id, old, liar, session) = await Start();
            await ward.Visit(card, id, session, liar, through: honest => new FakeCard(honest)
            {
                After = (script, reply) => script.Name == "observe" ? null : wrong(reply),
            });
            (await Steps(id)).Count(s => s.State == StepState.Proven).ShouldBe(0);
            (await Serials(id)).ShouldBe(old, ignoreOrder: true);
            await FinishHonestly(card, id, old);
        }
    }

    [Fact]
    public async Task A_card_that_is_falsely_called_removed_loses_nothing()
    {
        foreach (var at in Scripts)
        {
            foreach (var ran in (bool[])[false, true])
            {
                var (card, id, old, liar, session) = await Start();
                (await Refused(card, id, session, liar, honest => new FakeCard(honest)
                {
                    Instead = (script, _) => Task.FromResult(script.Name == at && !ran ? Gone : null),
                    After = (script, _) => script.Name == at ? Gone : null,
                })).ShouldBe("CARD-REMOVED", at);
                await FinishHonestly(card, id, old);
            }
        }
    }

    [Fact]
    public async Task Of_two_computers_with_one_card_one_wins_and_the_other_writes_nothing()
    {
        foreach (var at in Scripts)
        {
            foreach (var late in (bool[])[false, true])
            {
                var (card, id, old, slow, session) = await Start();
                var (taken, events) = (false, 0);
                async Task TakeOver(CardScript script)
                {
                    if (script.Name == at && !taken)
                    {
                        // The card is carried to the other computer; what the slow one still says comes too late.
                        taken = true;
                        card.PowerOff();
                        var begun = (await Steps(id)).Count > 0;
                        var again = begun ? null : await ward.Session(card, id, "ward4-pc2");
                        (await ward.Visit(card, id, again, "ward4-pc2", takeOver: true)).ShouldBeOfType<RenewalOutcome.Completed>(at);
                        events = (await ward.AuditTrail(id)).Count;
                    }
                }

                var outcome = (await ward.Visit(card, id, session, slow, through: honest =>
                    late ? new FakeCard(honest) { BeforeDelivery = TakeOver } : new FakeCard(honest) { Before = TakeOver })).ShouldBeOfType<RenewalOutcome.Refused>(at);
                outcome.Refusal.Code.ShouldBe("RENEWAL-OPEN", at);
                taken.ShouldBeTrue();
                (await ward.AuditTrail(id)).Count.ShouldBe(events, $"nothing is written after the take-over: {at}");
                await CardCheck.IsRenewed(ward, card, id, old);
            }
        }

        await CardCheck.AuditChainIsWhole(ward);
    }

    private static ScriptReply Gone => new([], CardConnectionFailure.Removed, TimeSpan.Zero);

    /// <summary>The card's old key as if it had just been made, with a proof that a program with the passcode can get.</summary>
    private static async Task<ScriptReply?> Claimed(CardScript script, ICard inner, Evercard.CardSimulator.Keys.CardKey key, ActBinding binding)
    {
        if (script.Name != "generate 9C")
        {
            return null;
        }

        using var ec = System.Security.Cryptography.ECDsa.Create();
        ec.ImportPkcs8PrivateKey(key.Pkcs8, out _);
        var spki = key.SubjectPublicKeyInfo();
        var prove = script.Steps.OfType<CardStep.Prove>().Single();
        var statement = new ProofStatement(binding, prove.Purpose, prove.Key, System.Security.Cryptography.SHA256.HashData(spki), prove.Nonce);
        var proof = ec.SignData(statement.Encode(), System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence);
        var reply = await inner.Run(script with { Steps = [script.Steps[0], script.Steps[^1]] }, default);
        return reply with
        {
            Answers =
            [
                reply.Answers[0], new(StatusWord.Success, GeneratedKey.Encode(spki, PivAlgorithm.P256)),
                new(StatusWord.Success, proof, PasscodeVerified: true), reply.Answers[^1],
            ],
        };
    }

    private async Task<(SimulatedCard Card, Guid Id, List<string> Old, string Liar, string Session)> Start()
    {
        var liar = await ward.AddComputer($"LIAR{Interlocked.Increment(ref computers)}");
        var (card, id) = await ward.Issue();
        return (card, id, await Serials(id), liar, await ward.Session(card, id, liar));
    }

    private async Task<string> LogIn(SimulatedCard card, Guid id) =>
        (await ward.LogInWith(card, id, "ward4-pc2")).ShouldBeOfType<Evercard.Lifecycle.LogIn.LogInOutcome.Refused>().Refusal.Code;

    private async Task<string> Refused(SimulatedCard card, Guid id, string? session, string agent, Func<ICard, ICard>? through = null) =>
        (await ward.Visit(card, id, session, agent, through: through)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code;

    private async Task FinishHonestly(SimulatedCard card, Guid id, List<string> old)
    {
        var session = (await Steps(id)).Any(s => s.State != StepState.Voided || s.PublicKey is not null) ? null : await ward.Session(card, id, "ward4-pc2");
        var outcome = await ward.Visit(card, id, session, "ward4-pc2", takeOver: true);
        (outcome as RenewalOutcome.Refused)?.Refusal.Code.ShouldBeNull();
        await CardCheck.IsRenewed(ward, card, id, old);
    }

    private Task<List<string>> Serials(Guid id) => RenewalTests.Serials(ward, id);

    private Task<List<OperationStep>> Steps(Guid id) => ward.Read(r => r.Registry.OperationSteps
        .Where(s => r.Registry.Operations.Any(o => o.Id == s.OperationId && o.SmartcardId == id && o.Act == Act.Renewal)).ToListAsync());
}
