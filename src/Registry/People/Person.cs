namespace Evercard.Registry.People;

public enum PersonStatus
{
    Active,
    Closed,
}

/// <summary>Somebody who holds, or held, a smartcard.</summary>
public sealed class Person
{
    /// <summary>12 digits; the serialNumber in the subject of both certificates.</summary>
    public required string Uuid { get; init; }

    public required string FullName { get; set; }

    /// <summary>Code of the home organisation.</summary>
    public required string OrganisationCode { get; set; }

    public string? Email { get; set; }

    public string? Mobile { get; set; }

    /// <summary>The photograph; null where there is none.</summary>
    public byte[]? Photograph { get; set; }

    /// <summary>Its media type, e.g. "image/jpeg".</summary>
    public string? PhotographType { get; set; }

    public PersonStatus Status { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
}
