using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent;

/// <summary>
/// Step 13 of docs/renewal.md: computers copy a card's certificates into the user's own store, and browsers and mail
/// programs would go on offering those that are retired.
/// </summary>
public static class SupersededCertificates
{
    private const string SerialNumberAttribute = "2.5.4.5";

    /// <summary>Takes them out. Never throws: the renewal is done, whatever becomes of the store.</summary>
    /// <param name="open">Makes the store object.</param>
    /// <param name="serialNumbers">Of the certificates, hexadecimal.</param>
    /// <param name="holder">The cardholder's 12 digits: a certificate that names somebody else stays. Null where not known.</param>
    /// <param name="log">Told a failure.</param>
    public static void Remove(Func<X509Store> open, IReadOnlyList<string> serialNumbers, string? holder, ILogger log)
    {
        try
        {
            using var store = open();
            store.Open(OpenFlags.ReadWrite | OpenFlags.OpenExistingOnly);
            foreach (var certificate in store.Certificates)
            {
                using (certificate)
                {
                    if (serialNumbers.Any(wanted => IsSame(wanted, certificate.SerialNumber)) && (holder is null || (NamedHolder(certificate) ?? holder) == holder))
                    {
                        store.Remove(certificate);
                    }
                }
            }
        }
        catch (Exception e)
        {
            log.LogInformation("Superseded certificates could not be removed from the user's store: {Why}", e.GetType().Name);
        }
    }

    private static bool IsSame(string one, string other) => string.Equals(one.TrimStart('0'), other.TrimStart('0'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Subject's serialNumber (X.520, 6.2.9).</summary>
    private static string? NamedHolder(X509Certificate2 certificate) =>
        certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(name => !name.HasMultipleElements && name.GetSingleElementType().Value == SerialNumberAttribute)?.GetSingleElementValue();
}
