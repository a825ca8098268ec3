using System.Security.Cryptography;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Lint;
using Evercard.Authority.Profiles;
using Evercard.Authority.Revocation;
using Evercard.Authority.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Authority;

/// <summary>
/// A root CA and two issuing CAs. Records, then signs: <c>Prepare</c> stores the bytes that <c>Issue</c> signs later, in another transaction.
/// Safe to use from several threads; the contexts are not.
/// </summary>
public sealed partial class CertificateAuthority : IDisposable
{
    public const string Root = "root";
    public const string Authentication = "authentication";
    public const string Signature = "signature";
    internal const string WrappingKeyName = "wrapping";

    private readonly IReadOnlyDictionary<string, Issuer> _issuers;
    private readonly IReadOnlyDictionary<string, CertificateProfile> _profiles;
    private readonly WrappingKey _wrapping;
    private readonly LeafExtensions _extensions;
    private readonly TimeSpan _crlLifetime;
    private readonly TimeProvider _time;

    private CertificateAuthority(AuthorityOptions options, IReadOnlyDictionary<string, Issuer> issuers, WrappingKey wrapping, TimeProvider time)
    {
        _issuers = issuers;
        _wrapping = wrapping;
        _time = time;
        _profiles = ProfileFile.LoadAll(options.ProfileFolder);
        Publication = new Publication(options.BaseAddress);
        _extensions = new LeafExtensions(Publication, options.UpnDomain);
        _crlLifetime = options.CrlLifetime;
    }

    /// <summary>Where CRLs and CA certificates are expected to be served.</summary>
    public Publication Publication { get; }

    /// <summary>DER.</summary>
    public ReadOnlyMemory<byte> RootCertificate => _issuers[Root].Certificate;

    /// <summary>"authentication" and "signature"; DER.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> IssuerCertificates => field ??= _issuers.Values
        .Where(issuer => issuer.Name != Root)
        .ToDictionary(issuer => issuer.Name, issuer => issuer.Certificate, StringComparer.Ordinal);

    /// <summary>Opens the authority; at the first start it makes the CAs and the wrapping key. The clock then is their notBefore.</summary>
    /// <exception cref="KeyStoreException">Wrong pass phrase, damaged or missing file.</exception>
    /// <exception cref="ProfileException">A profile is wrong.</exception>
    public static CertificateAuthority Open(AuthorityOptions options, TimeProvider time)
    {
        using var store = new SoftwareKeyStore(options.KeyFolder, options.PassPhraseFile);
        store.SetUpOnce(empty => FirstStart.Run(empty, options, new Publication(options.BaseAddress), time.GetUtcNow()));

        var issuers = new[] { Root, Authentication, Signature }
            .Select(name => LoadIssuer(store, options, name))
            .ToDictionary(issuer => issuer.Name, StringComparer.Ordinal);
        foreach (var issuer in issuers.Values)
            RequireSignedBy(issuers[Root], issuer);
        return new CertificateAuthority(options, issuers, new WrappingKey(store.LoadRsaKey(WrappingKeyName)), time);
    }

    /// <summary>Wraps a small secret. Only <c>Unwrap</c> with the same <paramref name="boundTo"/>, for example "card GUID/9B", gives it back.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> secret, string boundTo) => _wrapping.Wrap(secret, boundTo);

    /// <summary>The caller zeroes the result.</summary>
    /// <exception cref="CryptographicException">Bound to something else, changed, or wrapped by another key.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, string boundTo) => _wrapping.Unwrap(wrapped, boundTo);

    public void Dispose()
    {
        _wrapping.Dispose();
        foreach (var issuer in _issuers.Values)
            issuer.Dispose();
    }

    private static Issuer LoadIssuer(SoftwareKeyStore store, AuthorityOptions options, string name)
    {
        var certificate = store.LoadCertificate(name);
        var key = store.LoadKey(name, certificate);
        try
        {
            return new Issuer(name, certificate, options.Through(new SoftwareSigningKey(key)));
        }
        catch (Exception e) when (SoftwareKeyStore.IsDamage(e))
        {
            throw new KeyStoreException($"{name}.crt.pem is not the certificate of a CA of ours, or is damaged.", e);
        }
    }

    private static void RequireSignedBy(Issuer root, Issuer issuer)
    {
        if (Linter.CheckSignature(issuer.Certificate, root.Identity).Count > 0)
            throw new KeyStoreException($"{issuer.Name}.crt.pem is not signed by the root CA of this key store.");
    }
}
