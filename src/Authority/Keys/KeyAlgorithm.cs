namespace Evercard.Authority.Keys;

/// <summary>The kinds of key that are certified here, and (RSA-2048 apart) that sign here.</summary>
public enum KeyAlgorithm
{
    P256,
    P384,
    Rsa2048,
    Rsa3072,
}
