namespace Evercard.Authority.Lint.Rules;

/// <summary>DER leaves out what is the default anyway (X.690, 11.5): here critical FALSE.</summary>
internal static class DefaultsLeftOut
{
    public static string? Check(LintSubject subject) =>
        subject.Fields.Extensions.FirstOrDefault(extension => extension.SaysNotCritical) is { } extension
            ? $"{extension.Oid} says that it is not critical."
            : null;
}
