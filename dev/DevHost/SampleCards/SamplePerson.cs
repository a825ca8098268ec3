namespace Evercard.DevHost.SampleCards;

/// <summary>A sample person of the demonstration.</summary>
/// <param name="Uuid">12 digits.</param>
/// <param name="FullName">As it stands on the card.</param>
/// <param name="OrganisationCode">The home organisation.</param>
public sealed record SamplePerson(string Uuid, string FullName, string OrganisationCode)
{
    /// <summary>What the person may work as; empty for somebody without a role.</summary>
    public IReadOnlyList<SampleRole> Roles { get; init; } = [];

    public string? Email { get; init; }

    public string? Mobile { get; init; }

    /// <summary>Cut of the hair in the portrait; null: no photograph on file.</summary>
    public HairCut? Hair { get; init; }

    /// <summary>The job in one or two words, for the wallet.</summary>
    public string Job => Roles is [var first, ..] ? first.Name : "No role";
}

/// <summary>A role at an organisation.</summary>
/// <param name="Code">Such as S0080:G0450:R8000.</param>
/// <param name="Name">Such as "Staff nurse, Ward 4".</param>
/// <param name="OrganisationCode">Where.</param>
public sealed record SampleRole(string Code, string Name, string OrganisationCode);
