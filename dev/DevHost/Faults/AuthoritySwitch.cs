using Evercard.Authority.Keys;

namespace Evercard.DevHost.Faults;

/// <summary>Whether the authority's signing keys answer, as an HSM may not.</summary>
public sealed class AuthoritySwitch
{
    private volatile bool off;

    public bool IsOff
    {
        get => off;
        set => off = value;
    }

    /// <summary>For <see cref="Authority.AuthorityOptions.Through"/>.</summary>
    public ISigningKey Through(ISigningKey key) => new SwitchedSigner(key, this);

    private sealed class SwitchedSigner(ISigningKey inner, AuthoritySwitch by) : ISigningKey
    {
        public KeyAlgorithm Algorithm => inner.Algorithm;

        public ReadOnlyMemory<byte> PublicKey => inner.PublicKey;

        public byte[] Sign(ReadOnlySpan<byte> data) => by.IsOff ? throw new IOException("The signer is switched off.") : inner.Sign(data);

        public void Dispose() => inner.Dispose();
    }
}
