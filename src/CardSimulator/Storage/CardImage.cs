using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Keys;

namespace Evercard.CardSimulator.Storage;

/// <summary>Everything that a card keeps without power. A change is noted, so that only changes are written to the file.</summary>
public sealed class CardImage
{
    /// <summary>The passcode of a blank card: "123456" padded to 8 bytes with FF.</summary>
    public static ReadOnlySpan<byte> FactoryPasscode => [0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0xFF, 0xFF];

    /// <summary>The PUK of a blank card: "12345678".</summary>
    public static ReadOnlySpan<byte> FactoryPuk => "12345678"u8;

    [JsonInclude]
    public required CardModel Model { get; init; }

    [JsonInclude]
    public required uint SerialNumber { get; init; }

    [JsonInclude]
    public required StoredReference Passcode { get; init; }

    [JsonInclude]
    public required StoredReference Puk { get; init; }

    [JsonInclude]
    public StoredAdministrationKey Administration { get; internal set; } = null!;

    /// <summary>Private keys by key reference.</summary>
    [JsonInclude]
    public Dictionary<KeyReference, CardKey> Keys { get; internal init; } = [];

    /// <summary>Values of the data objects by tag in hexadecimal, without the outer 53 or 7E.</summary>
    [JsonInclude]
    public SortedDictionary<string, byte[]> Objects { get; internal init; } = new(StringComparer.Ordinal);

    /// <summary>The memory for certificates is worn out: no write to it ever succeeds again.</summary>
    [JsonInclude]
    public bool RefusesCertificates { get; internal set; }

    /// <summary>True where the image differs from what was last stored.</summary>
    [JsonIgnore]
    public bool IsChanged { get; internal set; }

    /// <summary>A card as it leaves the factory: factory passcode and PUK, no keys, no certificates, no CHUID.</summary>
    /// <param name="model">Kind of card.</param>
    /// <param name="administrationKey">Transport key 9B; empty for the factory key of the model's algorithm.</param>
    public static CardImage Blank(CardModel model, ReadOnlySpan<byte> administrationKey = default)
    {
        if (StoredCard.Fault(model) is { } fault)
        {
            throw new ArgumentOutOfRangeException(nameof(model), fault);
        }

        var image = new CardImage
        {
            Model = model,
            SerialNumber = (uint)RandomNumberGenerator.GetInt32(10_000_000, int.MaxValue),
            Passcode = new StoredReference(FactoryPasscode, model.PasscodeTries),
            Puk = new StoredReference(FactoryPuk, model.PukTries),
        };
        image.Administration = administrationKey.IsEmpty
            ? StoredAdministrationKey.Factory(model.AdministrationAlgorithm)
            : new StoredAdministrationKey(model.AdministrationAlgorithm, administrationKey.ToArray());
        image.Write(DataObject.Discovery, PivApplication.DefaultDiscovery);
        return image;
    }

    /// <summary>Value of a data object, or null where it is absent.</summary>
    public byte[]? Read(DataObject tag) => Objects.GetValueOrDefault(Name(tag));

    /// <summary>Stores a data object; an empty value removes it.</summary>
    public void Write(DataObject tag, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            Objects.Remove(Name(tag));
        }
        else
        {
            Objects[Name(tag)] = value.ToArray();
        }

        Change();
    }

    public CardKey? Key(KeyReference reference) => Keys.GetValueOrDefault(reference);

    public void Store(KeyReference reference, CardKey key)
    {
        Keys[reference] = key;
        Change();
    }

    public void Store(StoredAdministrationKey key)
    {
        Administration = key;
        Change();
    }

    public void Change() => IsChanged = true;

    public void Stored() => IsChanged = false;

    private static string Name(DataObject tag) => tag.Tag.ToString("X", CultureInfo.InvariantCulture);
}
