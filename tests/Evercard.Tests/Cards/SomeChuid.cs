using Evercard.Cards.Piv.Objects;

namespace Evercard.Tests.Cards;

internal static class SomeChuid
{
    public static Chuid Value { get; } =
        new(new FascN().Encode(), new Guid("00112233-4455-6677-8899-aabbccddeeff"), new DateOnly(2030, 1, 31));
}
