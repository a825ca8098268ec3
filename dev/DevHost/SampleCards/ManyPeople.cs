using System.Security.Cryptography;
using Evercard.Cards.Drivers;
using Evercard.Cards.Piv;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.DevHost.SampleCards;

/// <summary>
/// People in bulk, for measuring with a database of usual size. They are rows alone: no card exists, nothing was signed,
/// and what stands for certificates and wrapped secrets is noise of the usual length.
/// </summary>
public sealed class ManyPeople(Database database, TimeProvider time)
{
    private const int Batch = 500;
    private const int Weeks = 104;

    /// <summary>More than a third of all expire in this week, as after a mass enrolment.</summary>
    private const int CliffWeek = 32;

    private static readonly string[] FirstNames = ["Alder", "Briony", "Cato", "Delphine", "Ewan", "Fern", "Gil", "Hester", "Idris", "Jory", "Kit", "Linnea"];
    private static readonly string[] LastNames = ["Ashgrove", "Birdwhistle", "Copperfield", "Dunmore", "Everly", "Farthing", "Gladwin", "Hartley", "Inkpen", "Jessop"];

    /// <returns>How many there are now, sample people included.</returns>
    public async Task<string> Add(int count, CancellationToken cancellation)
    {
        var present = await database.Read(r => r.Registry.People.CountAsync(p => p.Uuid.CompareTo("999100000000") >= 0, cancellation), cancellation);
        for (var done = 0; done < count; done += Batch)
        {
            var first = present + done;
            var size = Math.Min(Batch, count - done);
            await database.Write(
                records =>
                {
                    for (var i = first; i < first + size; i++)
                    {
                        Add(records, i);
                    }

                    return records.Registry.Save(new AuditEvent { Kind = "SamplePeopleAdded" }, cancellation);
                },
                cancellation);
        }

        return $"{await database.Read(r => r.Registry.People.CountAsync(cancellation), cancellation)}";
    }

    private void Add(Records records, int number)
    {
        var now = time.GetUtcNow();
        var person = new Person
        {
            Uuid = $"9991{number:D8}",
            FullName = $"{FirstNames[number % FirstNames.Length]} {LastNames[number / FirstNames.Length % LastNames.Length]}",
            OrganisationCode = number % 4 == 0 ? SampleOrganisations.Surgery : SampleOrganisations.Hospitals,
            Email = $"person{number}@thistledown.example",
        };
        records.Registry.People.Add(person);
        records.Registry.RoleProfiles.Add(new RoleProfile
        {
            Id = $"6{number:D11}", PersonUuid = person.Uuid, OrganisationCode = person.OrganisationCode, RoleCode = "S0080:G0450:R8001", RoleName = "Staff nurse",
        });
        var week = number % 20 < 7 ? CliffWeek : number % Weeks;
        var notAfter = now.AddDays((week * 7) + (number % 7)).AddHours(1);
        var card = new Smartcard
        {
            Id = Guid.NewGuid(),
            SerialNumber = $"{number / 10_000 + 1000} {number % 10_000:D4}",
            PersonUuid = person.Uuid,
            Status = SmartcardStatus.InUse,
            Driver = CardDriver.YubicoCompatible.Name,
            Chuid = [],
            ExpiresAt = now.AddYears(6),
            AdministrationAlgorithm = (byte)PivAlgorithm.TripleDes,
            WrappedAdministrationKey = RandomNumberGenerator.GetBytes(64),
        };
        records.Registry.Smartcards.Add(card);
        foreach (var key in (KeyReference[])[KeyReference.Signature, KeyReference.Authentication])
        {
            records.Registry.Credentials.Add(new Credential
            {
                Id = Guid.NewGuid(),
                SmartcardId = card.Id,
                KeyReference = (byte)key,
                Algorithm = (byte)PivAlgorithm.P256,
                PublicKey = RandomNumberGenerator.GetBytes(91),
                Origin = KeyOrigin.Unproven,
                CertificateSerialNumber = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
                Certificate = RandomNumberGenerator.GetBytes(900),
                NotAfter = notAfter,
                Status = CredentialStatus.Current,
                OperationId = Guid.NewGuid(),
                CreatedAt = notAfter.AddYears(-2),
            });
        }
    }
}
