using Evercard.Registry.Help;
using Evercard.Registry.Journal;
using Evercard.Registry.Notifications;
using Evercard.Registry.People;

namespace Evercard.Registry;

/// <summary>What the database's types cannot say about a row is checked before it is written.</summary>
internal static class WellFormed
{
    /// <exception cref="ArgumentException">The row is not well formed; the message names the rule and not the contents.</exception>
    public static void Check(object row)
    {
        if (BrokenRule(row) is { } rule)
        {
            throw new ArgumentException(rule, nameof(row));
        }
    }

    private static string? BrokenRule(object row) => row switch
    {
        Person p when !PersonUuid.IsWellFormed(p.Uuid) => "A person's UUID has 12 digits.",
        Person p when p.FullName.Trim().Length is 0 or > 200 => "A person's name has 1 to 200 characters.",
        RoleProfile r when !PersonUuid.IsWellFormed(r.Id) => "A role profile's number has 12 digits.",
        Organisation o when !OrganisationCode.IsWellFormed(o.Code) => "An organisation's code is 1 to 12 capital letters and digits.",
        Operation o when !OperationReference.IsWellFormed(o.Reference) => "An operation's reference reads EV-XXXX-XX.",
        OperationStep { KeyReference: not (0x9A or 0x9C) } => "The journal knows the key references 9A and 9C.",
        OperationStep { Attempt: < 1 } => "Attempts are counted from 1.",
        ArticleAnswer { Line.Length: > ArticleAnswer.LongestLine } => "What was missing is one line of at most 200 characters.",
        ServiceNotice n when n.Text.Trim().Length is 0 or > ServiceNotice.LongestText => "A service notice has 1 to 500 characters.",
        ServiceNotice n when n.EndsAt < n.StartsAt => "A service notice ends after it starts.",
        Notification n when n.Address.Length is 0 or > Notification.LongestAddress || !IsOneLine(n.Address) || !IsOneLine(n.Subject) || !IsOneLine(n.Summary) =>
            "A notification's address, subject and summary are one line each.",
        _ => null,
    };

    /// <summary>A line feed in the head of an e-mail would begin another head.</summary>
    private static bool IsOneLine(string? text) => text is null || !text.Any(char.IsControl);
}
