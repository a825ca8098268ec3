using System.Security.Cryptography;
using Evercard.Agent.CardScripts;
using Evercard.Authority;
using Evercard.Cards.Drivers;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Issuance;
using Evercard.Protocol;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;

namespace Evercard.DevHost.SampleCards;

/// <summary>The sample organisations and people, and cards for them, made through the same authority, journal and scripts as any other.</summary>
public sealed class SampleWard(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time)
{
    public const string Passcode = "739154";

    /// <summary>Numbers printed on sample cards begin with these digits; no other card's do.</summary>
    private const string SampleSerials = "0412";

    private const string DeskAgent = "sample-issuing-desk";
    private static readonly byte[] TransportPuk = "12345678"u8.ToArray();

    public static readonly SamplePerson Wren = SamplePeople.Wren;
    public static readonly SamplePerson Callum = SamplePeople.Callum;

    /// <summary>Records organisations, people, roles and the desk that issues; what is there already is left as it is.</summary>
    public Task Open(CancellationToken cancellation) => Open(database, time, cancellation);

    /// <summary>The same before there is an authority.</summary>
    internal static Task Open(Database database, TimeProvider time, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var registry = records.Registry;
                var organisations = await registry.Organisations.Select(o => o.Code).ToListAsync(cancellation);
                registry.Organisations.AddRange(SampleOrganisations.All().Where(o => !organisations.Contains(o.Code)));
                var people = await registry.People.Select(p => p.Uuid).ToListAsync(cancellation);
                foreach (var person in SamplePeople.All.Where(p => !people.Contains(p.Uuid)))
                {
                    Add(registry, person);
                }

                if (!await registry.Agents.AnyAsync(a => a.Id == DeskAgent, cancellation))
                {
                    registry.Agents.Add(SampleComputer(DeskAgent, "Issuing desk (demo)", time.GetUtcNow()));
                }

                await registry.Save(new AuditEvent { Kind = "SampleWardOpened" }, cancellation);
            },
            cancellation);

    /// <summary>Issues a blank simulated card.</summary>
    /// <param name="person">For whom.</param>
    /// <param name="card">Blank, with the factory's PUK, and the transport key given or the factory's.</param>
    /// <param name="keyAlgorithm">Of 9A and 9C.</param>
    /// <param name="daysLeft">Days until its certificates expire.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="transportKey">9B that the card came with; null: the factory's.</param>
    /// <returns>The card's id.</returns>
    public Task<Guid> Issue(
        SamplePerson person, SimulatedCard card, PivAlgorithm keyAlgorithm, int daysLeft, CancellationToken cancellation, AdministrationKey? transportKey = null) =>
        IssueUntil(Today.AddDays(daysLeft), person, card, keyAlgorithm, SampleSerialNumber(), cancellation, transportKey);

    /// <summary>Issues a blank simulated card with certificates to the end of a date.</summary>
    internal async Task<Guid> IssueUntil(
        DateOnly lastDay, SamplePerson person, SimulatedCard card, PivAlgorithm keyAlgorithm, string serialNumber, CancellationToken cancellation, AdministrationKey? transportKey = null)
    {
        var order = new IssuanceOrder(
            person.Uuid,
            serialNumber,
            (card.Model.YubicoCompatible ? CardDriver.YubicoCompatible : CardDriver.StandardPiv).Name,
            keyAlgorithm,
            card.Model.AdministrationAlgorithm,
            Expiry.EndOfDay(lastDay, options.TimeZone),
            Today.AddYears(10),
            DeskAgent);
        using var readers = new CardSimulator.Readers.SimulatedReaders("Issuing desk");
        readers.Insert("Issuing desk", card);
        using var connection = readers.Connect("Issuing desk");
        using var passcode = Hold(Passcode, time);
        using var chosen = Hold(Passcode, time);
        using var transport = transportKey ?? AdministrationKey.Factory();
        var local = new LocalCard(connection, CardAct.Issuance, Binding(), passcode, chosen, time);
        var outcome = await new Issuance(database, authority, options, time).Issue(order, local, transport, TransportPuk, cancellation);
        readers.Remove("Issuing desk");
        return outcome is IssuanceOutcome.Issued issued
            ? issued.SmartcardId
            : throw new InvalidOperationException($"The sample card was not issued: {((IssuanceOutcome.Refused)outcome).Refusal.Detail}");
    }

    /// <summary>Adopts a card in any reader of this computer, whose 9B is known; its passcode stays.</summary>
    public async Task<IssuanceOutcome> Adopt(
        SamplePerson person, ICardConnection connection, CardDriver driver, AdministrationKey presentKey, HeldPasscode passcode, PivAlgorithm keyAlgorithm, int daysLeft, CancellationToken cancellation)
    {
        var today = Today;
        var order = new IssuanceOrder(
            person.Uuid,
            AdoptedSerialNumber(),
            driver.Name,
            keyAlgorithm,
            presentKey.Algorithm,
            Expiry.EndOfDay(today.AddDays(daysLeft), options.TimeZone),
            today.AddYears(10),
            DeskAgent);
        var local = new LocalCard(connection, CardAct.Issuance, Binding(), passcode, null, time);
        return await new Adoption(database, authority, options, time).Adopt(order, local, presentKey, cancellation);
    }

    private DateOnly Today => Expiry.LocalDate(time.GetUtcNow(), options.TimeZone);

    /// <summary>A computer that only ever was in the books: no agent has its key.</summary>
    internal static Registry.Computers.Agent SampleComputer(string id, string name, DateTimeOffset seen) => new()
    {
        Id = id,
        PublicKey = [0],
        ComputerName = name,
        Version = "1",
        Status = AgentStatus.Approved,
        FirstSeenAt = seen,
        LastSeenAt = seen,
    };

    private static void Add(RegistryContext registry, SamplePerson person)
    {
        registry.People.Add(new Person
        {
            Uuid = person.Uuid,
            FullName = person.FullName,
            OrganisationCode = person.OrganisationCode,
            Email = person.Email,
            Mobile = person.Mobile,
            Photograph = person.Hair is { } hair ? Portrait.Of(person.Uuid, hair) : null,
            PhotographType = person.Hair is null ? null : Portrait.MediaType,
        });
        // Role profiles have numbers of their own: the person's with a 5 in front, and a digit behind.
        registry.RoleProfiles.AddRange(person.Roles.Select((role, i) => new RoleProfile
        {
            Id = $"5{person.Uuid[2..]}{i + 1}",
            PersonUuid = person.Uuid,
            OrganisationCode = role.OrganisationCode,
            RoleCode = role.Code,
            RoleName = role.Name,
        }));
    }

    private static ActBinding Binding() => new("http://issuing-desk.invalid", DeskAgent, Guid.NewGuid().ToString("N"), 0);

    public static HeldPasscode Hold(string digits, TimeProvider time) =>
        HeldPasscode.TryHold(digits, time, out var passcode) ? passcode : throw new ArgumentException("A passcode is 6 to 8 digits.", nameof(digits));

    /// <summary>A sample card has the sample passcode; an adopted one has its own, which must never be guessed at.</summary>
    public static bool IsSampleCard(string? serialNumber) => serialNumber?.StartsWith(SampleSerials, StringComparison.Ordinal) == true;

    private static string SampleSerialNumber() => $"{SampleSerials} {RandomNumberGenerator.GetInt32(10_000):D4}";

    private static string AdoptedSerialNumber() => $"{RandomNumberGenerator.GetInt32(1_000, 10_000):D4} {RandomNumberGenerator.GetInt32(10_000):D4}";
}
