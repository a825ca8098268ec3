using Evercard.Registry.People;

namespace Evercard.Server.Help;

/// <summary>Where help is found at the organisation of whoever is logged in.</summary>
/// <param name="From">Who.</param>
/// <param name="Title">"ID Checkers".</param>
/// <param name="Does">What they do, as a sentence.</param>
/// <param name="Lines">Name, place, hours, telephone, one a line; empty where the organisation has told none.</param>
public sealed record Contact(HelpFrom From, string Title, string Does, IReadOnlyList<string> Lines)
{
    /// <summary>All, in one order everywhere.</summary>
    /// <param name="organisation">Null where nobody is logged in: then there are no lines.</param>
    public static IReadOnlyList<Contact> Of(Organisation? organisation) =>
    [
        Make(HelpFrom.IdChecker, "ID Checkers", "They repair smartcards that have expired.", organisation?.IdCheckers),
        Make(HelpFrom.Unlocker, "People who unlock smartcards", "They help with a locked smartcard or a forgotten passcode.", organisation?.Unlockers),
        Make(HelpFrom.RegistrationAuthority, "Registration authority", "It issues and cancels smartcards, and looks after your profile and your roles.", organisation?.RegistrationAuthority),
        Make(HelpFrom.ComputerSupport, "IT support", "Looks after the computers, the readers and Identity Agent.", organisation?.ComputerSupport),
        Make(HelpFrom.ServiceDesk, "Service desk", "Looks after this service. Ring it when you have a reference.", organisation?.ServiceDesk),
    ];

    /// <returns>Null for <see cref="HelpFrom.Yourself"/>.</returns>
    public static Contact? Of(Organisation? organisation, HelpFrom from) => Of(organisation).FirstOrDefault(contact => contact.From == from);

    private static Contact Make(HelpFrom from, string title, string does, string? lines) =>
        new(from, title, does, lines?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
}
