using Evercard.Registry.People;

namespace Evercard.DevHost.SampleCards;

/// <summary>The organisations of the demonstration. Their codes are no ODS codes; telephone numbers are those kept for drama (01632 960nnn).</summary>
public static class SampleOrganisations
{
    public const string Hospitals = "DEMO1";
    public const string Surgery = "DEMO2";
    public const string Pharmacy = "DEMO3";
    public const string RegistrationAuthority = "DEMO9";

    private const string Authority = "Northmere Registration Authority, 01632 960100";
    private const string Desk = "Northmere service desk, 01632 960190, every day 7am to 8pm";
    private const string Northmere = "Northmere computer support, 01632 960140, Monday to Friday 8am to 6pm";
    private const string Gearbox = "Gearbox IT (demo), 01632 960390, Monday to Saturday 9am to 5pm";
    private const string Tom = "Tom Fallowfield, Northmere RA office, Monday to Friday 9am to 5pm, 01632 960101";
    private const string Priya = "Priya Saltmarsh, Main reception, Monday to Friday 8am to 4pm, 01632 960111";
    private const string Lena = "Lena Brightwater, Dispensary, Monday to Saturday 9am to 6pm, 01632 960311";

    /// <summary>Fresh rows for the registry.</summary>
    public static IEnumerable<Organisation> All() =>
    [
        Row(Hospitals, "Thistledown Hospitals", $"{Priya}\nFenn Applegarth, Outpatients desk, Tuesday and Thursday 1pm to 5pm, 01632 960112", $"{Priya}\n{Tom}", Northmere),
        Row(Surgery, "Puddlewick Surgery", "Oona Thatcher, Practice office, Monday to Friday 9am to 1pm, 01632 960211", "Oona Thatcher, Practice office, Monday to Friday 9am to 1pm, 01632 960211", Northmere),
        Row(Pharmacy, "Marrowfat Pharmacy", Tom, Lena, Gearbox),
        Row("DEMO4", "Bellwether Pharmacy", Tom, Tom, Gearbox),
        Row("DEMO5", "Foxglove Lane Surgery", Tom, Tom, Northmere),
        Row("DEMO6", "Candlewharf Pharmacy", Tom, Tom, Gearbox),
        Row(RegistrationAuthority, "Northmere Registration Authority and Service Desk", Tom, Tom, Northmere),
    ];

    private static Organisation Row(string code, string name, string idCheckers, string unlockers, string computerSupport) => new()
    {
        Code = code,
        Name = $"{name} (demo)",
        RegistrationAuthority = Authority,
        RegistrationAuthorityCode = RegistrationAuthority,
        IdCheckers = idCheckers,
        Unlockers = unlockers,
        ServiceDesk = Desk,
        ComputerSupport = computerSupport,
    };
}
