using Evercard.Cards.Piv;
using Evercard.CardSimulator.Keys;

namespace Evercard.CardSimulator.Storage;

/// <summary>
/// What must be true of a card that comes from a file, whoever wrote it: afterwards no
/// command may fail but by a status word. What the file leaves out arrives as null or zero, whatever its type says.
/// </summary>
internal static class StoredCard
{
    private const int LongestName = 100;

    /// <returns>What is wrong, in one sentence without secrets; null where nothing is.</returns>
    public static string? Fault(CardImage image) =>
        image.Keys is null || image.Objects is null
            ? "Keys or data objects are missing."
            : Fault(image.Model)
            ?? Fault("passcode", image.Passcode, image.Model.PasscodeTries)
            ?? Fault("PUK", image.Puk, image.Model.PukTries)
            ?? Fault(image.Administration)
            ?? (image.Keys.All(one => Enum.IsDefined(one.Key) && one.Value is not null && IsUsable(one.Value)) ? null : "A private key is damaged.")
            ?? (image.Objects.All(one => one.Value is not null) ? null : "A data object is damaged.");

    public static string? Fault(CardModel model) =>
        model.Name is null || model.KeyAlgorithms is null || model.Quirks is null ? "The model is not whole."
        : model.PasscodeTries is < 3 or > 6 || model.PukTries is < 3 or > 10 ? "A card allows 3 to 6 passcode tries and 3 to 10 PUK tries."
        : model.Name.Length > LongestName ? "The name is too long."
        : StoredAdministrationKey.KeySize(model.AdministrationAlgorithm) is null ? "9B is 3DES or AES."
        : !model.KeyAlgorithms.All(PivAlgorithms.IsAsymmetric) ? "A key has no such algorithm."
        : model.MaxObjectSize is < 0 or > ushort.MaxValue ? "No data object has that size."
        : !Enum.IsDefined(model.Speed) ? "There is no such speed."
        : null;

    private static string? Fault(string what, StoredReference reference, int tries) =>
        reference.Value?.Length == StoredReference.Length && reference.Tries == tries && reference.TriesLeft >= 0 && reference.TriesLeft <= tries
            ? null
            : $"The {what} is damaged.";

    private static string? Fault(StoredAdministrationKey? key) =>
        key?.Value is { } value && StoredAdministrationKey.KeySize(key.Algorithm) == value.Length && !key.IsUnusable ? null : "9B is damaged.";

    private static bool IsUsable(CardKey key) => key.Pkcs8 is not null && key.IsWhole();
}
