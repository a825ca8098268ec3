namespace Evercard.Authority.Lint.Rules;

/// <summary>Critical and empty: cA is FALSE by default, and a default is not written down in DER.</summary>
internal static class BasicConstraints
{
    public static string? Check(LintSubject subject)
    {
        if (subject.Fields.Extension(Oids.BasicConstraints) is not { } extension)
            return null;
        if (!extension.Critical)
            return "the extension is not critical.";
        return extension.Value.Span.SequenceEqual((ReadOnlySpan<byte>)[0x30, 0x00]) ? null : "it is not that of an end entity.";
    }
}
