using System.Security.Cryptography;
using System.Text;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Drivers;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Keys;

/// <summary>
/// Replaces one key of one card and its certificate: the parts of the path that Renewal, Issuance and Repair share.
/// Step numbers are those of docs/renewal.md.
/// </summary>
internal sealed class KeyReplacement(
    CardDialogue dialogue, ActJournal journal, CertificateAuthority authority, Smartcard smartcard, Person person, Operation operation)
{
    /// <summary>7. Everything that can fail, fails before a key is touched.</summary>
    /// <exception cref="AuthorityUnavailableException">The authority gives no signature.</exception>
    /// <exception cref="OrderRefusedException">The certificate would break its profile.</exception>
    public void Preflight(KeyReference key, PivAlgorithm algorithm) =>
        Preflight(authority, smartcard.Driver, person, smartcard.Id, operation.NotAfter, key, algorithm);

    /// <inheritdoc cref="Preflight(KeyReference, PivAlgorithm)"/>
    public static void Preflight(
        CertificateAuthority authority, string driverName, Person person, Guid cardUuid, DateTimeOffset notAfter, KeyReference key, PivAlgorithm algorithm)
    {
        var driver = CardDriver.ByName(driverName) ?? throw new InvalidOperationException($"No card driver is named {driverName}.");
        if (!driver.AlgorithmsOf(key).Contains(algorithm))
        {
            throw new OrderRefusedException([$"The card cannot hold a {algorithm} key in {(byte)key:X2}."]);
        }

        var bytes = authority.DryRun(Words("preflight", person, cardUuid, notAfter, key, SampleKeys.PublicKey(algorithm)));
        if (CertificateObject.Encode(new byte[bytes]).Length > driver.MaxObjectBytes)
        {
            throw new OrderRefusedException([$"A certificate of {bytes} bytes does not fit on the card."]);
        }
    }

    /// <summary>7, 8. Records the intent, generates the key, records the key with its proof.</summary>
    /// <returns>False where the card gave no provable key: observe it anew.</returns>
    public async Task<bool> Generate(SlotState slot, PivAlgorithm algorithm, bool newAttempt, bool alarm, CancellationToken cancellation)
    {
        slot.KeysThisVisit++;
        slot.Step = await journal.Intend(slot.Key, algorithm, slot.Step, newAttempt, alarm, cancellation);
        var nonce = RandomNumberGenerator.GetBytes(32);
        var answers = await dialogue.RunAuthenticated(
            $"generate {(byte)slot.Key:X2}",
            [
                new CardStep.Raw(PivCommands.GenerateKeyPair(slot.Key, (PivAlgorithm)slot.Step.Algorithm)),
                new CardStep.Prove(slot.Key, (PivAlgorithm)slot.Step.Algorithm, nonce, ProofPurpose.Generated),
            ],
            cancellation,
            looksAgain: true);

        if (answers.Count < 2 || !PivPublicKey.TryReadGenerated(answers[0].Data, (PivAlgorithm)slot.Step.Algorithm, out var publicKey))
        {
            return false;
        }

        var statement = new ProofStatement(dialogue.Binding, ProofPurpose.Generated, slot.Key, SHA256.HashData(publicKey), nonce);
        if (!statement.IsSignedBy(publicKey, answers[1].Data) || await journal.IsKnown(publicKey, cancellation))
        {
            return false;
        }

        slot.Step = await journal.Stage(slot.Step, publicKey, KeyOrigin.Unproven, statement.Encode(), answers[1].Data.ToArray(), cancellation);
        slot.Observed = ObservedKey.New;
        return true;
    }

    /// <summary>9. Prepares and issues the certificate for the staged key. A key that will never be certified (a weak one, say) is given up.</summary>
    public async Task Issue(SlotState slot, CancellationToken cancellation)
    {
        var order = Order(slot.Key, slot.Step!.Attempt, slot.Step.PublicKey);
        try
        {
            (slot.Step, var preparation) = await journal.Prepare(slot.Step, order, cancellation);
            slot.Step = await journal.Issue(slot.Step, preparation, cancellation);
            slot.Certificate = ObservedCertificate.Other;
        }
        catch (OrderRefusedException)
        {
            slot.Step = await journal.Void(slot.Step, revoke: false, quarantine: false, "the authority certifies no such key", cancellation);
            slot.Observed = ObservedKey.None;
        }
    }

    /// <summary>10, 11. Writes the certificate (unless it is there), resets, reads back, compares, proves, and retires the old one.</summary>
    /// <returns>False where the card did not take it or does not prove it: observe it anew.</returns>
    public async Task<bool> WriteAndProve(SlotState slot, bool write, CancellationToken cancellation)
    {
        var holder = DataObject.CertificateOf(slot.Key);
        var wanted = CertificateObject.Encode(slot.NewCertificate!);
        var nonce = RandomNumberGenerator.GetBytes(32);
        IReadOnlyList<CardStep> readBackAndProve =
        [
            new CardStep.Reset(),
            new CardStep.Raw(PivCommands.GetData(holder)),
            new CardStep.Prove(slot.Key, (PivAlgorithm)slot.Step!.Algorithm, nonce, ProofPurpose.Written),
        ];
        IReadOnlyList<StepAnswer> answers;
        if (write)
        {
            slot.WritesThisVisit++;
            answers = await dialogue.RunAuthenticated(
                $"write and prove {(byte)slot.Key:X2}", [new CardStep.Raw(PivCommands.PutData(holder, wanted)), .. readBackAndProve], cancellation, looksAgain: true);
        }
        else
        {
            answers = await dialogue.Run($"prove {(byte)slot.Key:X2}", readBackAndProve, cancellation);
        }

        if (answers.Count < readBackAndProve.Count + (write ? 1 : 0))
        {
            return false;
        }

        var readBack = new ResponseApdu(answers[^2].Data, answers[^2].Status);
        var statement = new ProofStatement(dialogue.Binding, ProofPurpose.Written, slot.Key, ProofStatement.NoKeyHash, nonce);
        if (!DataObjectAnswer.TryRead(readBack, holder, out var contents) || !contents.Span.SequenceEqual(wanted)
            || !statement.IsSignedBy(slot.Step.PublicKey, answers[^1].Data))
        {
            return false;
        }

        slot.Step = await journal.RecordProven(slot.Step, cancellation);
        slot.Certificate = ObservedCertificate.New;
        return true;
    }

    private CertificateOrder Order(KeyReference key, int attempt, ReadOnlyMemory<byte> publicKey)
    {
        // The name may change between two visits: an order that says something else is another order.
        var order = Words(string.Empty, person, smartcard.Id, operation.NotAfter, key, publicKey);
        var said = SHA256.HashData(Encoding.UTF8.GetBytes($"{order.CommonName}\n{order.SubjectSerialNumber}\n{Convert.ToHexString(publicKey.Span)}"));
        return order with { OrderId = $"{operation.Id:N}/{(byte)key:X2}/{attempt}/{Convert.ToHexString(said.AsSpan(0, 8))}" };
    }

    private static CertificateOrder Words(
        string orderId, Person person, Guid cardUuid, DateTimeOffset notAfter, KeyReference key, ReadOnlyMemory<byte> publicKey) => new(
        orderId, key == KeyReference.Signature ? "signature" : "authentication", person.FullName, person.Uuid, cardUuid, publicKey, notAfter);
}
