using Evercard.CardSimulator;

namespace Evercard.Tests.Journey;

/// <summary>All that a card keeps, as text, to be compared.</summary>
internal static class CardState
{
    /// <summary>Keys, objects, 9B, passcode, PUK and the tries left of both.</summary>
    public static string Of(SimulatedCard card) => $"{KeysAndObjects(card)}\npasscode {card.Image.Passcode.TriesLeft} PUK {card.Image.Puk.TriesLeft}";

    /// <summary>The same without the tries.</summary>
    public static string KeysAndObjects(SimulatedCard card)
    {
        var image = card.Image;
        return string.Join('\n',
        [
            .. image.Keys.OrderBy(k => k.Key).Select(k => $"key {k.Key} {Convert.ToHexString(k.Value.Pkcs8)}"),
            .. image.Objects.Select(o => $"object {o.Key} {Convert.ToHexString(o.Value)}"),
            $"9B {Convert.ToHexString(image.Administration.Value)}",
            $"passcode {Convert.ToHexString(image.Passcode.Value)}",
            $"PUK {Convert.ToHexString(image.Puk.Value)}",
        ]);
    }
}
