using Evercard.Authority.Keys;

namespace Evercard.Tests.Lifecycle;

/// <summary>A signing key that can be switched off, as an HSM can.</summary>
internal sealed class FaultySigner(ISigningKey inner, Func<bool> isDown) : ISigningKey
{
    public KeyAlgorithm Algorithm => inner.Algorithm;

    public ReadOnlyMemory<byte> PublicKey => inner.PublicKey;

    public byte[] Sign(ReadOnlySpan<byte> data) => isDown() ? throw new IOException("The signer is switched off.") : inner.Sign(data);

    public void Dispose() => inner.Dispose();
}
