namespace Evercard.Server.Help;

/// <summary>Who can help where the person cannot do it alone.</summary>
public enum HelpFrom
{
    /// <summary>Nobody is needed.</summary>
    Yourself,
    IdChecker,
    Unlocker,
    RegistrationAuthority,
    ServiceDesk,
    ComputerSupport,
}

/// <summary>The help page of one refusal.</summary>
/// <param name="Code">From the catalogue, e.g. RENEW-EARLY.</param>
/// <param name="Title">What is true, without the names and dates of one case.</param>
/// <param name="Meaning">What it means, and what has become of the card.</param>
/// <param name="Steps">What to do, in this order.</param>
/// <param name="From">Who can help if that is not enough.</param>
public sealed record RefusalHelp(string Code, string Title, string Meaning, IReadOnlyList<string> Steps, HelpFrom From)
{
    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<RefusalHelp> All { get; } =
        [.. new[] { HelpOnRenewal.Pages, HelpOnRepair.Pages, HelpOnCards.Pages, HelpOnPasscodes.Pages, HelpOnLogIn.Pages, HelpOnComputers.Pages }
            .SelectMany(pages => pages).OrderBy(page => page.Code, StringComparer.Ordinal)];

    public string Href => AddressOf(Code);

    public static string AddressOf(string code) => $"/help/refusals/{code}";

    /// <param name="code">In capitals or not.</param>
    /// <returns>Null where there is no such code.</returns>
    public static RefusalHelp? Find(string code) => All.FirstOrDefault(page => page.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
}
