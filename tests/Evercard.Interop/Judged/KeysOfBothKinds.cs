using Evercard.Cards.Piv;

namespace Evercard.Interop.Judged;

/// <summary>What the witnesses are asked about.</summary>
internal static class KeysOfBothKinds
{
    public static TheoryData<PivAlgorithm> Cards() => [PivAlgorithm.P256, PivAlgorithm.Rsa2048];

    public static TheoryData<PivAlgorithm, KeyReference> Keys() => new()
    {
        { PivAlgorithm.P256, KeyReference.Authentication },
        { PivAlgorithm.P256, KeyReference.Signature },
        { PivAlgorithm.Rsa2048, KeyReference.Authentication },
        { PivAlgorithm.Rsa2048, KeyReference.Signature },
    };
}
