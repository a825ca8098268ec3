using System.Diagnostics;
using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Bench.Figures;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Bench.Issuing;

/// <summary>
/// Certificates per second as an act makes them: one transaction with Prepare and one with Issue, each reads and touches the
/// operation, saves its audit event, and is on the disk before it counts. Beside it, the bare signatures of the same key.
/// </summary>
internal sealed class IssuingRate(TimeSpan lasting)
{
    private const int TypicalBytesToBeSigned = 700;

    public async Task<(double OneByOne, double Two, double BareSignatures)> Measure(CancellationToken cancellation)
    {
        using var folder = DataFolder.Fresh();
        var time = TimeProvider.System;
        var database = new Database(folder.Database, time);
        await database.Migrate(cancellation);
        var keys = new SeenKeys();
        var usual = folder.Authority(new Uri("http://localhost"));
        using var authority = CertificateAuthority.Open(
            new AuthorityOptions { KeyFolder = usual.KeyFolder, PassPhraseFile = usual.PassPhraseFile, BaseAddress = usual.BaseAddress, Through = keys.Pass }, time);
        var samples = new SampleWard(database, authority, new LifecycleOptions(), time);
        await samples.Open(cancellation);
        using var card = SimulatedCard.CreateBlank(CardModel.Yubico);
        var smartcard = await samples.Issue(SampleWard.Wren, card, PivAlgorithm.P256, 30, cancellation);
        using var subject = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = subject.ExportSubjectPublicKeyInfo();

        Task Certificate() => Issue(database, authority, smartcard, publicKey, cancellation);
        await Rate(1, TimeSpan.FromSeconds(1), Certificate);
        var before = Signatures(keys);
        var oneByOne = await Rate(1, lasting, Certificate);
        var after = Signatures(keys);
        var two = await Rate(2, lasting, Certificate);

        // On both sides of what it is compared with: other work on the machine changes.
        return (oneByOne, two, (before + after) / 2);
    }

    private static async Task Issue(Database database, CertificateAuthority authority, Guid smartcard, byte[] publicKey, CancellationToken cancellation)
    {
        var notAfter = TimeProvider.System.GetUtcNow().AddMonths(24);
        var order = new CertificateOrder(
            $"{Guid.NewGuid():N}/9A/1", "authentication", SampleWard.Wren.FullName, SampleWard.Wren.Uuid, smartcard, publicKey, notAfter);
        var preparation = await Change(database, smartcard, "CertificatePrepared", records => authority.Prepare(records.Authority, order, cancellation), cancellation);
        await Change(database, smartcard, "CertificateIssued", records => authority.Issue(records.Authority, preparation, cancellation), cancellation);
    }

    private static Task<T> Change<T>(Database database, Guid smartcard, string kind, Func<Records, Task<T>> change, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var operation = await records.Registry.Operations.SingleAsync(o => o.SmartcardId == smartcard, cancellation);
                operation.TouchedAt = TimeProvider.System.GetUtcNow();
                var result = await change(records);
                await records.Registry.Save(new AuditEvent { Kind = kind, OperationId = operation.Id, SmartcardId = smartcard }, cancellation);
                return result;
            },
            cancellation);

    private static async Task<double> Rate(int workers, TimeSpan lasting, Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(started) < lasting; count++)
            {
                await work();
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private double Signatures(SeenKeys keys)
    {
        var data = RandomNumberGenerator.GetBytes(TypicalBytesToBeSigned);
        keys.Last.Sign(data);
        var count = 0;
        var started = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(started) < lasting / 2; count++)
        {
            keys.Last.Sign(data);
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
