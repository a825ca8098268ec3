namespace Evercard.Authority.Lint.Rules;

internal static class KeyKind
{
    public static string? Check(LintSubject subject)
    {
        if (subject.Key.Algorithm is not { } algorithm)
            return "it is of a kind or size that is not certified here.";
        return subject.Profile.KeyAlgorithms.Contains(algorithm) ? null : $"the profile does not allow {algorithm}.";
    }
}
