using Evercard.Lifecycle.Roles;
using Evercard.Registry;
using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Contacts;

/// <summary>Whom of an organisation a person is sent to.</summary>
public enum Contact
{
    IdCheckers,
    Unlockers,
    RegistrationAuthority,
}

/// <summary>Who can help: the one table from a refusal's code to people, and their lines out of the organisation's record.</summary>
public static class Contacts
{
    private const int MostLines = 10;

    /// <summary>Ten lines and the line feeds between them fit into the 2,000 characters of a message's text.</summary>
    private const int LineLength = 199;

    /// <returns>Null where nobody is needed.</returns>
    public static Contact? For(string code) => code switch
    {
        "CARD-EXPIRED" or "RENEW-EXPIRED" or "RENEWAL-TOO-LATE" or "REPAIR-NEEDED" or "LOCKED-EXPIRED" or "REPAIR-UNFINISHED" or "REPAIR-SELF" => Contact.IdCheckers,
        "CARD-LOCKED" or "UNLOCK-SELF" => Contact.Unlockers,
        "CARD-CANCELLED" or "PROFILE-CLOSED" or "CARD-REVOKED" or "CARD-ENDS" or "CARD-FAULTY" or "ISSUANCE-UNFINISHED" or "CANCEL-SELF"
            or "AGENT-NOT-APPROVED" or "IDENTITY-UNSURE" or "PUK-UNKNOWN" or "PUK-REFUSED" => Contact.RegistrationAuthority,
        _ => null,
    };

    /// <summary>Who does what this permission is for.</summary>
    public static Contact For(RolePermission wanted) => wanted switch
    {
        RolePermission.ManageSmartcard or RolePermission.Repair => Contact.IdCheckers,
        RolePermission.Unlock or RolePermission.AssistedRenewal => Contact.Unlockers,
        _ => Contact.RegistrationAuthority,
    };

    /// <returns>One person or desk a line, at most 1,999 characters, no control characters but line feeds; null where nothing is on record.</returns>
    public static string? Lines(Organisation organisation, Contact contact)
    {
        var recorded = contact switch
        {
            Contact.IdCheckers => organisation.IdCheckers,
            Contact.Unlockers => organisation.Unlockers,
            _ when organisation.RegistrationAuthority == Organisation.SomeRegistrationAuthority => string.Empty,
            _ => organisation.RegistrationAuthority,
        };
        var lines = recorded.Split('\n')
            .Select(line => string.Concat(line.Where(c => !char.IsControl(c))).Trim())
            .Where(line => line.Length > 0)
            .Select(line => line.Length > LineLength ? line[..LineLength] : line)
            .Take(MostLines)
            .ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    /// <summary>The refusal with the lines of whoever its code sends people to, at the person's home organisation.</summary>
    /// <param name="refusal">As the act gave it.</param>
    /// <param name="registry">Where the organisation is looked up.</param>
    /// <param name="personUuid">The cardholder; null where the card is nobody's.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    internal static async Task<Refusal> WithHelp(this Refusal refusal, RegistryContext registry, string? personUuid, CancellationToken cancellation) =>
        For(refusal.Code) is { } contact ? refusal with { Help = await Of(registry, personUuid, contact, cancellation) } : refusal;

    internal static async Task<string?> Of(RegistryContext registry, string? personUuid, Contact contact, CancellationToken cancellation)
    {
        var organisation = await registry.People.Where(p => p.Uuid == personUuid)
            .Join(registry.Organisations, p => p.OrganisationCode, o => o.Code, (_, o) => o)
            .SingleOrDefaultAsync(cancellation);
        return organisation is null ? null : Lines(organisation, contact);
    }
}
