namespace Evercard.Authority.Lint.Rules;

/// <summary>What CRLs and CA certificates are fetched by: http, so that checking a certificate needs no other certificate (RFC 5280, 8).</summary>
internal static class HttpAddress
{
    public static bool IsOne(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp;
}
