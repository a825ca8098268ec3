using Evercard.Authority;

namespace Evercard.Server.Publication;

/// <summary>What anybody may fetch without logging in: CRLs and CA certificates (RFC 5280, 4.2.1.13 and 4.2.2.1).</summary>
public static class PublicationEndpoints
{
    public static void MapPublication(this IEndpointRouteBuilder app)
    {
        app.MapGet("/crl/{issuer}.crl", async (string issuer, PublishedCrls crls, CancellationToken cancellation) =>
            await crls.Newest(issuer, cancellation) is { } crl ? Results.Bytes(crl, "application/pkix-crl") : Results.NotFound()).AllowAnonymous();

        app.MapGet("/ca/{issuer}.cer", (string issuer, CertificateAuthority authority) =>
            issuer == CertificateAuthority.Root ? Results.Bytes(authority.RootCertificate, "application/pkix-cert")
            : authority.IssuerCertificates.TryGetValue(issuer, out var certificate) ? Results.Bytes(certificate, "application/pkix-cert")
            : Results.NotFound()).AllowAnonymous();
    }
}
