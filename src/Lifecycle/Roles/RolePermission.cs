namespace Evercard.Lifecycle.Roles;

/// <summary>Something that a role may do. roles.json says which role may do what.</summary>
public enum RolePermission
{
    /// <summary>What concerns one's own card.</summary>
    OwnCard,

    /// <summary>See another person's card, and the person.</summary>
    ManageSmartcard,
    Repair,

    /// <summary>Renew somebody's certificates while that person is there.</summary>
    AssistedRenewal,

    /// <summary>Have somebody choose another passcode without the old one.</summary>
    Unlock,
    Cancel,
    Issue,

    /// <summary>Say which computers may repair and issue.</summary>
    ApproveComputers,

    /// <summary>Look up what happened by its reference.</summary>
    ServiceDesk,

    /// <summary>Read the events of a card or a person.</summary>
    History,

    /// <summary>See which smartcards need attention, and what to do with them.</summary>
    Attention,

    /// <summary>Read who may do what.</summary>
    WhoCan,
}

/// <summary>A permission as files and people name it.</summary>
public static class RolePermissions
{
    public static IReadOnlyList<RolePermission> All { get; } = Enum.GetValues<RolePermission>();

    /// <summary>As roles.json and the routes write it: "manage-smartcard".</summary>
    public static string Name(this RolePermission permission) => permission switch
    {
        RolePermission.OwnCard => "own-card",
        RolePermission.ManageSmartcard => "manage-smartcard",
        RolePermission.Repair => "repair",
        RolePermission.AssistedRenewal => "assisted-renewal",
        RolePermission.Unlock => "unlock",
        RolePermission.Cancel => "cancel",
        RolePermission.Issue => "issue",
        RolePermission.ApproveComputers => "approve-computers",
        RolePermission.ServiceDesk => "service-desk",
        RolePermission.History => "history",
        RolePermission.Attention => "attention",
        _ => "who-can",
    };

    /// <summary>What needs it: "Repair" in "Repair needs your ID Checker role."</summary>
    public static string Title(this RolePermission permission) => permission switch
    {
        RolePermission.OwnCard => "Your own smartcard",
        RolePermission.ManageSmartcard => "Manage Smartcard",
        RolePermission.Repair => "Repair",
        RolePermission.AssistedRenewal => "Renewing another person's certificate",
        RolePermission.Unlock => "Unlock",
        RolePermission.Cancel => "Cancelling a smartcard",
        RolePermission.Issue => "Issuing a smartcard",
        RolePermission.ApproveComputers => "Approving a computer",
        RolePermission.ServiceDesk => "Looking up a reference",
        RolePermission.History => "History",
        RolePermission.Attention => "Cards that need attention",
        _ => "Who can do what",
    };

    /// <summary>What its holder can do: "repair a smartcard" in "None of your roles can repair a smartcard."</summary>
    public static string Deed(this RolePermission permission) => permission switch
    {
        RolePermission.OwnCard => "renew their own smartcard and change their own passcode",
        RolePermission.ManageSmartcard => "manage another person's smartcard",
        RolePermission.Repair => "repair a smartcard",
        RolePermission.AssistedRenewal => "renew another person's certificate",
        RolePermission.Unlock => "unlock a smartcard or have its passcode changed",
        RolePermission.Cancel => "cancel a smartcard",
        RolePermission.Issue => "issue a smartcard",
        RolePermission.ApproveComputers => "approve a computer",
        RolePermission.ServiceDesk => "look up what happened by its reference",
        RolePermission.History => "read the history of a card or a person",
        RolePermission.Attention => "see which smartcards need attention",
        _ => "read who can do what",
    };

    /// <returns>Null where no permission has this name.</returns>
    public static RolePermission? Find(string? name)
    {
        foreach (var permission in All)
        {
            if (permission.Name() == name)
            {
                return permission;
            }
        }

        return null;
    }
}
