namespace Evercard.Authority.Lint.Rules;

internal static class ValidityWithinProfile
{
    public static string? Check(LintSubject subject) =>
        subject.Fields.NotAfter.At - subject.Fields.NotBefore.At <= TimeSpan.FromDays(subject.Profile.ValidityLimitDays)
            ? null
            : $"the certificate is valid for longer than {subject.Profile.ValidityLimitDays} days.";
}
