using Evercard.Registry;
using Evercard.Registry.Journal;
using Evercard.Registry.Notifications;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Tests.Registry;

/// <summary>Rows that are good enough to be written.</summary>
internal static class Some
{
    public const string Uuid = "999000000001";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public static readonly Guid CardId = new("0b8f0d6c-5a0e-4c7e-9a55-3f6f0e1c2d4b");

    /// <summary>An organisation, a person and a smartcard.</summary>
    public static void Cardholder(RegistryContext registry)
    {
        registry.Organisations.Add(new Organisation { Code = "DEMO1", Name = "Thistledown Hospitals (demo)" });
        registry.People.Add(new Person { Uuid = Uuid, FullName = "Wren Holloway", OrganisationCode = "DEMO1" });
        registry.Smartcards.Add(Card());
    }

    public static Smartcard Card() => new()
    {
        Id = CardId,
        SerialNumber = "0412 7731",
        PersonUuid = Uuid,
        Status = SmartcardStatus.InUse,
        Driver = "test",
        Chuid = [0x53, 0],
        ExpiresAt = Now.AddYears(10),
        AdministrationAlgorithm = 0x0A,
        WrappedAdministrationKey = [1],
    };

    public static Credential Credential(byte keyReference, string serialNumber) => new()
    {
        Id = Guid.NewGuid(),
        SmartcardId = CardId,
        KeyReference = keyReference,
        Algorithm = 0x11,
        PublicKey = [1],
        Origin = KeyOrigin.Unproven,
        CertificateSerialNumber = serialNumber,
        Certificate = [1],
        NotAfter = Now.AddDays(68),
        OperationId = Guid.NewGuid(),
        CreatedAt = Now,
    };

    public static Operation Operation(string? reference = null, Act act = Act.Renewal) => new()
    {
        Id = Guid.NewGuid(),
        Reference = reference ?? OperationReference.New(),
        Act = act,
        SmartcardId = CardId,
        PersonUuid = Uuid,
        AgentId = "a",
        ComputerName = "WARD4-PC2",
        NotAfter = Now.AddYears(2),
        OpenedAt = Now,
        FinishBy = Now.AddDays(14),
        TouchedAt = Now,
    };

    public static Notification Notification(NotificationChannel channel = NotificationChannel.Email) => new()
    {
        Id = Guid.NewGuid(),
        Act = "Renewal",
        SmartcardId = CardId,
        PersonUuid = Uuid,
        Channel = channel,
        Address = channel == NotificationChannel.Email ? "wren.holloway@thistledown.example" : "07700 900001",
        Subject = channel == NotificationChannel.Email ? "Your smartcard was renewed" : null,
        Summary = "Your smartcard ending 7731 was renewed.",
        Body = "Your smartcard ending 7731 was renewed.",
        AlarmDigest = "00",
        CreatedAt = Now,
        NextTryAt = Now,
    };

    public static OperationStep Step(Guid operationId, byte keyReference = 0x9C, int attempt = 1) => new()
    {
        Id = Guid.NewGuid(),
        OperationId = operationId,
        KeyReference = keyReference,
        Attempt = attempt,
        Algorithm = 0x11,
        CreatedAt = Now,
    };
}
