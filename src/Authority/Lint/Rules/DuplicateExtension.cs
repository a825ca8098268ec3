namespace Evercard.Authority.Lint.Rules;

internal static class DuplicateExtension
{
    public static string? Check(LintSubject subject) =>
        subject.Fields.Extensions.GroupBy(extension => extension.Oid, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"{twice.Key} stands there more than once."
            : null;
}
