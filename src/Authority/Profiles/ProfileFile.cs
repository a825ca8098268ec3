using System.Text.Json;

namespace Evercard.Authority.Profiles;

/// <summary>A profile file is wrong; the text says which and where.</summary>
public sealed class ProfileException(string file, string fault, Exception? inner = null) : Exception($"Profile {file}: {fault}", inner);

/// <summary>Reads and judges profile files.</summary>
internal static class ProfileFile
{
    private static readonly string[] Issuers = [CertificateAuthority.Authentication, CertificateAuthority.Signature];

    /// <summary>The profiles of a folder, or the built-in ones; by name.</summary>
    /// <exception cref="ProfileException">A file is missing or wrong.</exception>
    public static IReadOnlyDictionary<string, CertificateProfile> LoadAll(string? folder) =>
        Issuers.Select(name => Load(folder, name)).ToDictionary(profile => profile.Name, StringComparer.Ordinal);

    /// <exception cref="ProfileException">The text is not a profile.</exception>
    public static CertificateProfile Parse(string file, ReadOnlySpan<byte> json)
    {
        CertificateProfile profile;
        try
        {
            profile = JsonSerializer.Deserialize(json, ProfileJson.Default.CertificateProfile) ?? throw new ProfileException(file, "it is empty.");
        }
        catch (JsonException e)
        {
            throw new ProfileException(file, e.Message, e);
        }

        return Fault(profile) is { } fault ? throw new ProfileException(file, fault) : profile;
    }

    private static CertificateProfile Load(string? folder, string name)
    {
        var file = name + ".json";
        try
        {
            using var stream = folder is null
                ? typeof(ProfileFile).Assembly.GetManifestResourceStream(typeof(ProfileFile), file)!
                : File.OpenRead(Path.Combine(folder, file));
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var profile = Parse(file, copy.ToArray());
            return profile.Name == name ? profile : throw new ProfileException(file, $"its name is \"{profile.Name}\".");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException(file, "it cannot be read.", e);
        }
    }

    private static string? Fault(CertificateProfile profile)
    {
        if (profile.Name.Length == 0)
            return "name is empty.";
        if (!Issuers.Contains(profile.Issuer))
            return $"issuer is \"{profile.Issuer}\"; it must be one of {string.Join(", ", Issuers)}.";
        if (profile.Subject.Count == 0)
            return "subject is empty.";
        if (profile.ValidityLimitDays is < 1 or > 3660)
            return "validityLimitDays must lie between 1 and 3660.";
        if (profile.KeyAlgorithms.Count == 0)
            return "keyAlgorithms is empty.";
        if (profile.KeyUsage.Count == 0)
            return "keyUsage is empty.";
        if (profile.SubjectAlternativeNames.Contains(AlternativeName.Upn) && !profile.Subject.Contains(SubjectAttribute.SerialNumber))
            return "a upn is made from the subject's serialNumber, which the subject has not.";
        return Unknown("subject", profile.Subject)
            ?? Unknown("keyAlgorithms", profile.KeyAlgorithms)
            ?? Unknown("keyUsage", profile.KeyUsage)
            ?? Unknown("subjectAlternativeNames", profile.SubjectAlternativeNames)
            ?? Doubled("subject", profile.Subject)
            ?? Doubled("keyAlgorithms", profile.KeyAlgorithms)
            ?? Doubled("keyUsage", profile.KeyUsage)
            ?? Doubled("subjectAlternativeNames", profile.SubjectAlternativeNames)
            ?? Doubled("extendedKeyUsage", profile.ExtendedKeyUsage)
            ?? NotOids("extendedKeyUsage", profile.ExtendedKeyUsage)
            ?? Doubled("certificatePolicies", profile.CertificatePolicies)
            ?? NotOids("certificatePolicies", profile.CertificatePolicies);
    }

    // The JSON reader takes any number for an enumeration.
    private static string? Unknown<T>(string field, IReadOnlyList<T> values)
        where T : struct, Enum => values.All(Enum.IsDefined) ? null : $"{field} names something that is not known here.";

    private static string? Doubled<T>(string field, IReadOnlyList<T> values) =>
        values.Distinct().Count() == values.Count ? null : $"{field} names something twice.";

    private static string? NotOids(string field, IReadOnlyList<string> values) =>
        // A null may stand in the list: the JSON reader looks at the list, not into it.
        values.Where(value => !Oids.IsOid(value)).Select(wrong => $"{field}: \"{wrong}\" is not an OID.").FirstOrDefault();
}
