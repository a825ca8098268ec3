namespace Evercard.Authority.Lint.Rules;

/// <summary>A critical one makes relying parties refuse the certificate; any other is not ours either.</summary>
internal static class UnknownExtension
{
    private static readonly string[] Known =
    [
        Oids.BasicConstraints, Oids.AuthorityKeyIdentifier, Oids.SubjectKeyIdentifier, Oids.KeyUsage, Oids.ExtendedKeyUsage,
        Oids.SubjectAlternativeName, Oids.CertificatePolicies, Oids.CrlDistributionPoints, Oids.AuthorityInformationAccess,
    ];

    public static string? Check(LintSubject subject) =>
        subject.Fields.Extensions.FirstOrDefault(extension => !Known.Contains(extension.Oid)) is { } unknown
            ? $"{unknown.Oid}, which is {(unknown.Critical ? "critical" : "not critical")}."
            : null;
}
