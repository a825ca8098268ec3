using Evercard.Lifecycle.Roles;

namespace Evercard.Lifecycle.ManageSmartcard;

/// <summary>What may be done with a card that lies in the second reader.</summary>
public enum ServiceAct
{
    Renew,
    Repair,

    /// <summary>Another passcode without the old one, whether the card is locked or its holder has forgotten it.</summary>
    Unlock,
    Cancel,
    Issue,
}

/// <summary>The acts as roles and people name them.</summary>
public static class ServiceActs
{
    public static RolePermission Permission(this ServiceAct act) => act switch
    {
        ServiceAct.Renew => RolePermission.AssistedRenewal,
        ServiceAct.Repair => RolePermission.Repair,
        ServiceAct.Unlock => RolePermission.Unlock,
        ServiceAct.Cancel => RolePermission.Cancel,
        _ => RolePermission.Issue,
    };

    /// <summary>As it is chosen: "Repair Smartcard".</summary>
    public static string Label(this ServiceAct act) => act switch
    {
        ServiceAct.Renew => "Renew certificate",
        ServiceAct.Repair => "Repair Smartcard",
        ServiceAct.Unlock => "Unlock Smartcard",
        ServiceAct.Cancel => "Permanently cancel Smartcard",
        _ => "Issue Smartcard",
    };

    /// <summary>As a card needs it: "It needs Repair."</summary>
    public static string Need(this ServiceAct act) => act switch
    {
        ServiceAct.Renew => "renewing",
        ServiceAct.Repair => "Repair",
        ServiceAct.Unlock => "unlocking",
        ServiceAct.Cancel => "cancelling",
        _ => "issuing",
    };
}
