using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Cards.Piv;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Keys;

/// <summary>9B and PUK of a card: wrapped by the authority's key store, each bound to its card.</summary>
internal static class CardSecrets
{
    /// <summary>The card's 9B; the caller disposes of it.</summary>
    public static AdministrationKey AdministrationKey(CertificateAuthority authority, Smartcard card) =>
        Unwrap(authority, card, card.WrappedAdministrationKey);

    /// <summary>A new 9B that was recorded and perhaps sent; null where there is none.</summary>
    public static AdministrationKey? NextAdministrationKey(CertificateAuthority authority, Smartcard card) =>
        card.WrappedNextAdministrationKey is { } next ? Unwrap(authority, card, next)
        : card.Status == SmartcardStatus.Issuing ? Unwrap(authority, card, card.WrappedAdministrationKey)
        : null;

    /// <summary>What the card's PUK may be: the one in force and, where it was perhaps replaced, the next. The caller zeroes them.</summary>
    public static IReadOnlyList<byte[]> Puks(CertificateAuthority authority, Smartcard card) =>
        [.. new[] { card.WrappedPuk, card.WrappedNextPuk }.Where(wrapped => wrapped is not null).Select(wrapped => authority.Unwrap(wrapped!, NameOfPuk(card.Id)))];

    private static AdministrationKey Unwrap(CertificateAuthority authority, Smartcard card, byte[] wrapped)
    {
        var bytes = authority.Unwrap(wrapped, NameOfAdministrationKey(card.Id));
        try
        {
            return new AdministrationKey((PivAlgorithm)card.AdministrationAlgorithm, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public static string NameOfAdministrationKey(Guid card) => $"{card:D}/9B";

    public static string NameOfPuk(Guid card) => $"{card:D}/PUK";
}
