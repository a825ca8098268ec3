using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.DevHost.SampleCards;

/// <summary>The wallet: one card for each person, two for one of them, and three that are no cardholder's.</summary>
public static class Wallet
{
    public static IReadOnlyList<SampleCard> All { get; } =
    [
        Of(SamplePeople.Wren, 68, CardStory.Ready, "Choosing a role, the expiry notice, renewing, testing", "7731"),
        Of(SamplePeople.Callum, 214, CardStory.Ready, "Too early to renew: the date from which it can be", "3358"),
        Of(SamplePeople.Bea, 6, CardStory.Ready, "The red notice of the last days", "1962"),
        Of(SamplePeople.Edda, 0, CardStory.Ready, "The last day: set the clock past midnight and it has expired", "6047"),
        Of(SamplePeople.Rosa, -12, CardStory.Ready, "Expired: an ID Checker has to repair it", "2285"),
        Of(SamplePeople.Ned, -33, CardStory.Ready, "Expired, and no photograph on file", "9413"),
        Of(SamplePeople.Odile, 30, CardStory.Locked, "Locked: unlock it, then renew it", "5520"),
        Of(SamplePeople.Gus, 120, CardStory.Locked, "Locked, and no contact to send a code to", "7094"),
        Of(SamplePeople.Ivo, -5, CardStory.Locked, "Locked and expired: one visit does both", "4876"),
        Of(SamplePeople.Juno, 40, CardStory.RenewalCut, "A renewal that was cut: finish it", "8139"),
        Of(SamplePeople.Max, 75, CardStory.RepairCut, "A repair that was cut: any ID Checker can finish it", "3601"),
        Of(SamplePeople.Hal, 80, CardStory.Ready, "Six roles: a search box in the choice", "1478"),
        Of(SamplePeople.Tilda, 50, CardStory.Ready, "No role: renewing works all the same", "6692"),
        Of(SamplePeople.Sol, 410, CardStory.Ready, "The new card of somebody who lost the old one", "8810"),
        Of(SamplePeople.Sol, 95, CardStory.Cancelled, "Cancelled because it was reported lost", "2047") with { Name = "sol-old" },
        Of(SamplePeople.Perry, 300, CardStory.ProfileClosed, "Its holder has left", "5583"),
        Of(SamplePeople.Zed, 20, CardStory.Faulty, "A faulty chip: the renewal fails, twice", "9926"),
        Of(SamplePeople.Priya, 340, CardStory.Ready, "Receptionist, and in her other role ID Checker", "4410"),
        Of(SamplePeople.Tom, 505, CardStory.Ready, "RA Manager", "1200"),
        Of(SamplePeople.Lena, 280, CardStory.Ready, "Local Smartcard Administrator", "7715"),
        Of(SamplePeople.Moira, 465, CardStory.Ready, "Service desk", "6236"),
        Of(SamplePeople.Dev, 600, CardStory.Ready, "Local IT", "3004"),
        Of(SamplePeople.Quincy, 60, CardStory.Ready, "An old card with RSA keys: everything takes longer", "0815") with
        {
            Name = "oldrsa", Algorithm = PivAlgorithm.Rsa2048, Speed = CardSpeed.Old,
        },
        new("blank", null, 0, CardStory.Blank, "Nothing on it") { SerialNumber = string.Empty },
        new("foreign", null, 0, CardStory.Foreign, "A PIV card of another issuer") { SerialNumber = string.Empty },
    ];

    /// <exception cref="ArgumentException">No card has this name.</exception>
    public static SampleCard Named(string name) => All.FirstOrDefault(card => card.Name == name)
        ?? throw new ArgumentException($"Sample cards: {string.Join(", ", All.Select(card => card.Name))}.", nameof(name));

    private static SampleCard Of(SamplePerson holder, int daysLeft, CardStory story, string shows, string serial) =>
        new(holder.FullName.Split(' ')[0].ToLowerInvariant(), holder, daysLeft, story, shows) { SerialNumber = $"0412 {serial}" };
}
