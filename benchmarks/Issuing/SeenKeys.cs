using Evercard.Authority.Keys;

namespace Evercard.Bench.Issuing;

/// <summary>Keeps hold of the authority's signing keys, to measure what they can do by themselves.</summary>
internal sealed class SeenKeys
{
    private readonly List<ISigningKey> keys = [];

    /// <summary>The one opened last: an issuing CA's.</summary>
    public ISigningKey Last => keys[^1];

    public ISigningKey Pass(ISigningKey key)
    {
        keys.Add(key);
        return key;
    }
}
