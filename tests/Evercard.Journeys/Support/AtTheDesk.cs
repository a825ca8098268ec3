namespace Evercard.Journeys.Support;

/// <summary>What operator and cardholder do in a tab, from the card in the second reader to the card that was tested.</summary>
internal static class AtTheDesk
{
    public const string Insert = "Insert the smartcard you wish to manage";
    public const string Repaired = "Smartcard repaired";
    public const string Works = "Works: log-in certificate ✓ signature certificate ✓ accepted by the service ✓";

    /// <summary>From User details to the service.</summary>
    public static async Task ChoosesService(this Screen tab, string service)
    {
        await tab.Meets("User details");
        await tab.Press("Service");
        await tab.Meets("Select smartcard service");
        await tab.Choose(service);
        await tab.Press("Continue");
    }

    public static async Task ComesToRepair(this Screen tab, string service = "Repair Smartcard")
    {
        await tab.ChoosesService(service);
        await tab.Meets("Is this the cardholder?");
    }

    /// <summary>The operator says how the cardholder is known, and confirms with the own passcode.</summary>
    public static async Task KnowsAndConfirms(this Screen tab, string known = "The photograph matches")
    {
        await tab.Meets("Is this the cardholder?");
        await tab.Choose(known);
        await tab.Press("Continue");
        await tab.Meets("Confirm with your own passcode");
        await tab.Type("Your own passcode", Stage.Passcode);
        await tab.Press("Confirm");
        await tab.Meets("Hand over the keyboard");
    }

    /// <summary>The keyboard is turned, and the cardholder chooses a passcode.</summary>
    public static async Task HandsOver(this Screen tab, string firstName, string passcode, string? picture = null)
    {
        await tab.Meets("Hand over the keyboard");
        await tab.Press($"{firstName} is ready");
        await tab.Meets("Set your passcode", picture);
        await tab.Type("Passcode", passcode);
        await tab.Type("Passcode again", passcode);
        await tab.Press("Confirm");
    }

    /// <summary>«Test this smartcard».</summary>
    public static async Task TestsTheCard(this Screen tab, string passcode, string done = Repaired)
    {
        await tab.Meets(done);
        await tab.Press("Test this smartcard");
        await tab.Meets("Test this smartcard");
        await tab.Type("Passcode", passcode);
        await tab.Press("Test");
        await tab.Meets(done);
        await tab.Reads(Works);
    }
}
