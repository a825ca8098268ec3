using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Faults;

/// <summary>The bench itself: a rule that is broken on purpose does not get past it.</summary>
[Trait("Kind", "sweep")]
public sealed class MutantTests
{
    [Fact]
    public async Task Whoever_revokes_before_the_proof_is_found_out()
    {
        var once = new HashSet<Guid>();
        var caught = await Caught(mutant: async (kind, records) =>
        {
            if (kind == "CertificateIssued")
            {
                var old = await records.Registry.Credentials.Where(c => c.Status == CredentialStatus.Current && c.KeyReference == (byte)KeyReference.Signature).ToListAsync();
                foreach (var one in old.Where(one => once.Add(one.SmartcardId)))
                {
                    one.Status = CredentialStatus.Superseded;
                    (await records.Authority.Certificates.SingleAsync(c => c.SerialNumber == one.CertificateSerialNumber)).RevokedAt = one.CreatedAt;
                }

                await records.Authority.SaveChangesAsync();
                await records.Registry.Save(new Evercard.Registry.Audit.AuditEvent { Kind = "MutantAtWork" }, default);
            }

            return true;
        });
        caught.Message.ShouldContain("retired before its successor was proven");
    }

    /// <summary>The intent is not written: what follows has no place in the journal, and is not done.</summary>
    [Fact]
    public async Task Whoever_skips_the_journal_is_found_out() =>
        $"{await Caught(mutant: (kind, _) => Task.FromResult(kind != "KeyGenerationIntended"))}".ShouldContain("Evercard.Lifecycle.Keys.ActJournal");

    [Fact]
    public async Task Whoever_tries_the_passcode_again_is_found_out() =>
        (await Caught(way: (card, chip) => new Meddling(card, script =>
        {
            if (script == "generate 9A")
            {
                chip.Transmit(PivCommands.Select());
                chip.Transmit(PivCommands.Verify("00000000"u8));
                chip.Transmit(PivCommands.Select());
            }
        }))).Message.ShouldContain("a try of the passcode was burnt by us");

    [Fact]
    public async Task Whoever_writes_the_CHUID_is_found_out() =>
        (await Caught(way: (card, chip) => new Meddling(card, script =>
        {
            if (script == "write and prove 9C")
            {
                var chuid = chip.Image.Read(DataObject.Chuid)!.ToArray();
                chuid[^1] ^= 1;
                chip.Image.Write(DataObject.Chuid, chuid);
            }
        }))).Message.ShouldContain("LoggedIn", customMessage: "a card with another CHUID is not known any more");

    private static async Task<Exception> Caught(
        Func<string, Evercard.Lifecycle.Records, Task<bool>>? mutant = null, Func<ICard, SimulatedCard, ICard>? way = null)
    {
        var bench = new FaultBench(
            async (card, life) =>
            {
                var act = await FaultedRenewal.Open(card, life);
                act.Database.Mutant = mutant;
                return act;
            },
            FaultedCard.Yubico,
            way);
        try
        {
            await bench.Singles(new FaultTable());
        }
        catch (Exception e)
        {
            return e;
        }

        throw new Xunit.Sdk.XunitException("The bench noticed nothing.");
    }

    /// <summary>Does something at the card after each script, behind everybody's back.</summary>
    private sealed class Meddling(ICard card, Action<string> after) : ICard
    {
        public ActBinding Binding => card.Binding;

        public async Task<ScriptReply> Run(CardScript script, CancellationToken cancellation)
        {
            var reply = await card.Run(script, cancellation);
            after(script.Name);
            return reply;
        }
    }
}
