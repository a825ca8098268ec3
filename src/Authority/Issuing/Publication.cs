namespace Evercard.Authority.Issuing;

/// <summary>Where the CRL and the certificate of an issuer are fetched: the addresses that certificates carry.</summary>
public sealed class Publication
{
    private readonly string _base;

    /// <exception cref="ArgumentException">Not an absolute http address: revocation must not depend on the TLS it serves (RFC 5280, 8).</exception>
    public Publication(Uri baseAddress)
    {
        if (!baseAddress.IsAbsoluteUri || baseAddress.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException("The base address must be absolute and http.", nameof(baseAddress));
        _base = baseAddress.AbsoluteUri.TrimEnd('/');
    }

    public string CrlOf(string issuer) => $"{_base}/crl/{issuer}.crl";

    public string CertificateOf(string issuer) => $"{_base}/ca/{issuer}.cer";
}
