namespace Evercard.Registry.People;

/// <summary>An organisation that people work for (ODS code).</summary>
public sealed class Organisation
{
    /// <summary>What a record says of its registration authority until somebody has written down who that is.</summary>
    public const string SomeRegistrationAuthority = "your registration authority";

    public required string Code { get; init; }

    public required string Name { get; set; }

    /// <summary>Whom to turn to for registration and Repair, in words that can stand in a refusal.</summary>
    public string RegistrationAuthority { get; set; } = SomeRegistrationAuthority;

    /// <summary>The organisation that is its registration authority: its roles reach the people of this one. Null where none is on record.</summary>
    public string? RegistrationAuthorityCode { get; set; }

    /// <summary>Who repairs smartcards here: one a line, name, place, hours, telephone.</summary>
    public string IdCheckers { get; set; } = string.Empty;

    /// <summary>Who unlocks smartcards here: as <see cref="IdCheckers"/>.</summary>
    public string Unlockers { get; set; } = string.Empty;

    /// <summary>The service desk, with telephone number and hours.</summary>
    public string ServiceDesk { get; set; } = string.Empty;

    /// <summary>Who looks after the computers, with telephone number.</summary>
    public string ComputerSupport { get; set; } = string.Empty;
}

/// <summary>A person's role at an organisation.</summary>
public sealed class RoleProfile
{
    /// <summary>12 digits.</summary>
    public required string Id { get; init; }

    public required string PersonUuid { get; init; }

    public required string OrganisationCode { get; init; }

    /// <summary>For example S0080:G0450:R5080.</summary>
    public required string RoleCode { get; init; }

    public required string RoleName { get; init; }
}
