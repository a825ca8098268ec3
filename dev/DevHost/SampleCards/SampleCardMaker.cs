using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Readers;
using Evercard.CardSimulator.Storage;
using Evercard.CardSimulator.Timing;
using Evercard.DevHost.Clock;
using Evercard.Lifecycle;

namespace Evercard.DevHost.SampleCards;

/// <summary>Makes the cards of the wallet, each in its state. Cards of the past are made while the clock stands in the past.</summary>
public sealed class SampleCardMaker(SampleWard ward, Database database, CertificateAuthority authority, LifecycleOptions options, DemoClock clock)
{
    /// <summary>How far the clock is set back for the cards of the past: further than the longest expired one.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(60);

    private const int TriesOfACard = 3;
    private readonly CardHistory history = new(database, authority, options, clock);

    /// <summary>
    /// Makes the cards of the past. To be called before the server serves anybody, on a database without a later event, with the clock set back
    /// by <see cref="Past"/>; the authority must not be younger. Returns with the clock set right.
    /// </summary>
    /// <param name="keep">Gets each card, which it owns then; called for several at once.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task MakePast(Action<SampleCard, SimulatedCard> keep, CancellationToken cancellation)
    {
        // Side by side: somebody waits for the first page.
        await Task.WhenAll(Wallet.All.Where(card => card.IsOfThePast).Select(card => Task.Run(async () => keep(card, await MakeNow(card, cancellation)), cancellation)));

        clock.BackToNow();
    }

    /// <summary>Makes a card of the present, in memory.</summary>
    /// <exception cref="ArgumentException">It is one of the past.</exception>
    public Task<SimulatedCard> Make(SampleCard card, CancellationToken cancellation) => card.IsOfThePast
        ? throw new ArgumentException("Nobody issues a card that has expired: it was made at the start.", nameof(card))
        : MakeNow(card, cancellation);

    /// <summary>Stores a card of the wallet in a new file.</summary>
    public static void Store(SimulatedCard card, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        CardFile.Create(file, card.Image).Dispose();
    }

    private async Task<SimulatedCard> MakeNow(SampleCard wanted, CancellationToken cancellation)
    {
        // Making it takes no card time; from then on the card is as slow as it is.
        var card = SimulatedCard.CreateBlank(CardModel.Yubico with { Speed = wanted.Speed }, parts: new CardParts { Timing = new CardTiming(CardSpeed.Instant) });
        if (wanted.Story is CardStory.Foreign)
        {
            Foreign(card.Image);
        }

        if (wanted.Holder is { } holder)
        {
            // From the real today: the clock may stand in the past.
            var lastDay = Expiry.LocalDate(clock.GetUtcNow() - clock.Offset, options.TimeZone).AddDays(wanted.DaysLeft);
            var id = await ward.IssueUntil(lastDay, holder, card, wanted.Algorithm, wanted.SerialNumber, cancellation);
            await Tell(wanted.Story, card, id, holder, cancellation);
        }

        card.RunAt(wanted.Speed);
        return card;
    }

    private Task Tell(CardStory story, SimulatedCard card, Guid id, SamplePerson holder, CancellationToken cancellation)
    {
        switch (story)
        {
            case CardStory.Locked:
                Lock(card);
                return Task.CompletedTask;
            case CardStory.Faulty:
                card.WearOut();
                return Task.CompletedTask;
            case CardStory.RenewalCut:
                return history.CutRenewal(card, id, cancellation);
            case CardStory.RepairCut:
                return history.CutRepair(id, holder, cancellation);
            case CardStory.Cancelled:
                return history.Cancel(id, cancellation);
            case CardStory.ProfileClosed:
                return history.CloseProfile(holder, cancellation);
            default:
                return Task.CompletedTask;
        }
    }

    private static void Lock(SimulatedCard card)
    {
        const string Reader = "Reader";
        using var readers = new SimulatedReaders(Reader);
        readers.Insert(Reader, card);
        using (var connection = readers.Connect(Reader))
        {
            connection.Transmit(PivCommands.Select());
            for (var i = 0; i < TriesOfACard; i++)
            {
                connection.Transmit(PivCommands.Verify("00000000"u8));
            }
        }

        readers.Remove(Reader);
    }

    /// <summary>As another issuer would have left it: a CHUID, a key and a certificate that nobody here knows.</summary>
    private static void Foreign(CardImage image)
    {
        var key = CardKey.Generate(PivAlgorithm.P256);
        using var ec = ECDsa.Create();
        ec.ImportPkcs8PrivateKey(key.Pkcs8, out _);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=Somebody Else, O=Another Issuer (demo)", ec, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-100), now.AddDays(600));
        image.Store(KeyReference.Authentication, key);
        image.Write(DataObject.AuthenticationCertificate, CertificateObject.Encode(certificate.RawData));
        image.Write(DataObject.Chuid, new Chuid(new FascN(PersonIdentifier: 4711).Encode(), Guid.NewGuid(), DateOnly.FromDateTime(now.UtcDateTime).AddYears(4)).Encode());
    }
}
