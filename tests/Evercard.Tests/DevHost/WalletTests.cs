using Evercard.DevHost.SampleCards;

namespace Evercard.Tests.DevHost;

public sealed class WalletTests
{
    private static readonly string[] Everybody =
    [
        "Wren Holloway", "Callum Marsh", "Bea Quillfeather", "Edda Moonraker", "Rosa Tanglewood", "Ned Bramblewick", "Odile Fernsby",
        "Gus Pennywhistle", "Ivo Larkspur", "Juno Cobblepot", "Max Tumbledown", "Hal Wickersham", "Tilda Nettleship", "Sol Merriweather",
        "Perry Oxbow", "Zed Clatterbuck", "Priya Saltmarsh", "Tom Fallowfield", "Lena Brightwater", "Moira Stonecrop", "Dev Ironside",
    ];

    [Fact]
    public void Everybody_of_the_demonstration_has_a_card() =>
        Everybody.Except(Wallet.All.Select(card => card.Holder?.FullName)).ShouldBeEmpty();

    [Fact]
    public void The_people_are_numbered_as_in_the_table() =>
        SamplePeople.All.Take(Everybody.Length).Select(p => $"{p.Uuid} {p.FullName}").ShouldBe(Everybody.Select((name, i) => $"9990000000{i + 1:D2} {name}"));

    [Fact]
    public void Cards_are_named_once_and_have_numbers_of_their_own()
    {
        Wallet.All.Select(card => card.Name).ShouldBeUnique();
        Wallet.All.Where(card => card.Holder is not null).Select(card => card.SerialNumber).ShouldBeUnique();
    }

    [Fact]
    public void Each_role_is_at_an_organisation_of_the_demonstration()
    {
        var organisations = SampleOrganisations.All().Select(o => o.Code).ToList();
        SamplePeople.All.SelectMany(p => p.Roles.Select(r => r.OrganisationCode).Append(p.OrganisationCode)).Except(organisations).ShouldBeEmpty();
        SampleOrganisations.All().Select(o => o.Name).ShouldAllBe(name => name.EndsWith("(demo)", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_telephone_number_is_one_kept_for_drama()
    {
        SamplePeople.All.Select(p => p.Mobile).Where(m => m is not null).ShouldAllBe(m => m!.StartsWith("07700 900", StringComparison.Ordinal) && m.Length == 12);
        SampleOrganisations.All()
            .SelectMany(o => System.Text.RegularExpressions.Regex.Matches($"{o.IdCheckers}\n{o.Unlockers}\n{o.ServiceDesk}\n{o.ComputerSupport}\n{o.RegistrationAuthority}", @"\d{4,} ?\d+").Select(m => m.Value))
            .ShouldAllBe(number => System.Text.RegularExpressions.Regex.IsMatch(number, @"^01632 960\d{3}$"));
    }
}
