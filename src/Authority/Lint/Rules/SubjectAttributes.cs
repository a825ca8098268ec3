using Evercard.Authority.Profiles;

namespace Evercard.Authority.Lint.Rules;

internal static class SubjectAttributes
{
    public static string? Check(LintSubject subject)
    {
        var expected = subject.Profile.Subject.Select(attribute => attribute == SubjectAttribute.CommonName ? Oids.CommonName : Oids.SerialNumber);
        return subject.Subject.Select(attribute => attribute.Oid).SequenceEqual(expected, StringComparer.Ordinal)
            ? null
            : "its attributes are not those of the profile, in that order.";
    }
}
