using System.Net;
using System.Security.Cryptography.X509Certificates;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost;

namespace Evercard.Tests.Server;

public sealed class PublicationTests : IAsyncLifetime
{
    private readonly DataFolder folder = DataFolder.Fresh();
    private readonly SimulatedReaders readers = new("reader");
    private readonly HttpClient http = new();
    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.Start(new RunningOptions { Folder = folder, Readers = readers }, default);

    [Fact]
    public async Task CA_certificates_and_CRLs_are_served_where_certificates_say()
    {
        foreach (var issuer in (string[])["root", "authentication", "signature"])
        {
            using var certificate = X509CertificateLoader.LoadCertificate(await http.GetByteArrayAsync($"{node.Address}/ca/{issuer}.cer"));
            certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority.ShouldBeTrue();

            var crl = await http.GetAsync($"{node.Address}/crl/{issuer}.crl");
            crl.StatusCode.ShouldBe(HttpStatusCode.OK);
            crl.Content.Headers.ContentType!.MediaType.ShouldBe("application/pkix-crl");
            CertificateRevocationListBuilder.Load(await crl.Content.ReadAsByteArrayAsync(), out var number);
            number.ShouldBe(System.Numerics.BigInteger.One);
        }
    }

    [Fact]
    public async Task A_CRL_is_not_made_anew_for_each_reader()
    {
        var first = await http.GetByteArrayAsync($"{node.Address}/crl/signature.crl");
        (await http.GetByteArrayAsync($"{node.Address}/crl/signature.crl")).ShouldBe(first);
    }

    [Theory]
    [InlineData("/crl/nobody.crl")]
    [InlineData("/ca/nobody.cer")]
    [InlineData("/ca/..%2F..%2Fkeys.cer")]
    [InlineData("/nothing")]
    public async Task Anything_else_is_a_problem_detail_without_details(string path)
    {
        var answer = await http.GetAsync(node.Address + path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task The_health_of_a_node_is_told()
    {
        (await http.GetStringAsync($"{node.Address}/health/live")).ShouldBe("live");
        (await http.GetStringAsync($"{node.Address}/health/ready")).ShouldContain("\"agents\":1");
    }

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        http.Dispose();
        readers.Dispose();
        folder.Dispose();
    }
}
