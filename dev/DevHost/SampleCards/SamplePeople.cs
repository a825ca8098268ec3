using static Evercard.DevHost.SampleCards.SampleOrganisations;

namespace Evercard.DevHost.SampleCards;

/// <summary>Everybody in the demonstration. Mobile numbers are those kept for drama (07700 900nnn); nobody here exists.</summary>
public static class SamplePeople
{
    public static readonly SamplePerson Wren = Person(
        1, "Wren Holloway", Hospitals, HairCut.Bob, mobile: 1, email: false, Nurse("Staff nurse, Ward 4"), Nurse("Staff nurse, Outpatients"));

    public static readonly SamplePerson Callum = Person(2, "Callum Marsh", Pharmacy, HairCut.Short, 2, true, Pharmacist(Pharmacy));
    public static readonly SamplePerson Bea = Person(3, "Bea Quillfeather", Hospitals, HairCut.Curls, 3, false, Clerk("Ward clerk, Ward 2"));
    public static readonly SamplePerson Edda = Person(4, "Edda Moonraker", Hospitals, HairCut.Bun, 4, true, Role("R8008", "Healthcare assistant, Ward 4"));
    public static readonly SamplePerson Rosa = Person(5, "Rosa Tanglewood", Surgery, HairCut.Long, 5, true, Role("R0260", "General practitioner", Surgery));
    public static readonly SamplePerson Ned = Person(6, "Ned Bramblewick", Hospitals, null, null, true, Role("R8003", "Physiotherapist"));
    public static readonly SamplePerson Odile = Person(7, "Odile Fernsby", Hospitals, HairCut.Bun, 7, true, Role("R8016", "Midwife"));
    public static readonly SamplePerson Gus = Person(8, "Gus Pennywhistle", Hospitals, HairCut.Bald, null, false, Role("R8008", "Porter"));
    public static readonly SamplePerson Ivo = Person(9, "Ivo Larkspur", Hospitals, HairCut.Beard, 9, true, Role("R8000", "Registrar, Acute medicine"));
    public static readonly SamplePerson Juno = Person(10, "Juno Cobblepot", Hospitals, HairCut.Curls, 10, true, Role("R8003", "Radiographer"));
    public static readonly SamplePerson Max = Person(11, "Max Tumbledown", Hospitals, HairCut.Beard, 11, true, Role("R8005", "Technician, Pathology"));

    public static readonly SamplePerson Hal = Person(
        12, "Hal Wickersham", Pharmacy, HairCut.Short, 12, true,
        [.. new[] { Hospitals, Surgery, Pharmacy, "DEMO4", "DEMO5", "DEMO6" }.Select(where => Role("R8003", "Locum pharmacist", where))]);

    public static readonly SamplePerson Tilda = Person(13, "Tilda Nettleship", Hospitals, HairCut.Scarf, 13, true);
    public static readonly SamplePerson Sol = Person(14, "Sol Merriweather", Hospitals, HairCut.Long, 14, true, Role("R8002", "Sister, Ward 4"));
    public static readonly SamplePerson Perry = Person(15, "Perry Oxbow", Hospitals, HairCut.Bald, 15, true, Clerk("Medical records clerk"));
    public static readonly SamplePerson Zed = Person(16, "Zed Clatterbuck", Hospitals, HairCut.Turban, 16, true, Role("R8003", "Dietitian"));

    public static readonly SamplePerson Priya = Person(
        17, "Priya Saltmarsh", Hospitals, HairCut.Long, 17, true, Role("R8009", "Receptionist"), Role("R5080", "ID Checker"));

    public static readonly SamplePerson Tom = Person(18, "Tom Fallowfield", RegistrationAuthority, HairCut.Beard, 18, true, Role("R5090", "RA Manager", RegistrationAuthority));
    public static readonly SamplePerson Lena = Person(19, "Lena Brightwater", Pharmacy, HairCut.Bob, 19, true, Role("R5110", "Local Smartcard Administrator", Pharmacy));
    public static readonly SamplePerson Moira = Person(20, "Moira Stonecrop", RegistrationAuthority, HairCut.Curls, 20, true, Role("R5120", "Service desk", RegistrationAuthority));
    public static readonly SamplePerson Dev = Person(21, "Dev Ironside", Pharmacy, HairCut.Short, 21, true, Role("R5130", "Local IT", Pharmacy));

    /// <summary>Holds the old RSA card, which the table of sample cards gives to nobody.</summary>
    public static readonly SamplePerson Quincy = Person(22, "Quincy Marlowe", Hospitals, HairCut.Turban, 22, true, Clerk("Librarian"));

    public static IReadOnlyList<SamplePerson> All { get; } =
    [
        Wren, Callum, Bea, Edda, Rosa, Ned, Odile, Gus, Ivo, Juno, Max, Hal, Tilda, Sol, Perry, Zed, Priya, Tom, Lena, Moira, Dev, Quincy,
    ];

    private static SamplePerson Person(int number, string name, string organisation, HairCut? hair, int? mobile, bool email, params SampleRole[] roles) =>
        new($"9990000000{number:D2}", name, organisation)
        {
            Roles = roles,
            Hair = hair,
            Mobile = mobile is null ? null : $"07700 9000{mobile:D2}",
            Email = email ? $"{name.ToLowerInvariant().Replace(' ', '.')}@{Domain(organisation)}.example" : null,
        };

    private static SampleRole Role(string code, string name, string organisation = Hospitals) => new($"S0080:G0450:{code}", name, organisation);

    private static SampleRole Nurse(string name) => Role("R8001", name);

    private static SampleRole Clerk(string name) => Role("R8010", name);

    private static SampleRole Pharmacist(string organisation) => Role("R8003", "Pharmacist", organisation);

    private static string Domain(string organisation) => organisation switch
    {
        Hospitals => "thistledown",
        Surgery => "puddlewick",
        RegistrationAuthority => "northmere",
        _ => "marrowfat",
    };
}
