using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Agent;
using Evercard.Protocol;
using Evercard.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.Tests.Agent;

/// <summary>Over a certificate store of the user's that is made for the test and emptied at its end.</summary>
public sealed class SupersededCertificatesTests : IDisposable
{
    private readonly string name = $"evercard-test-{Guid.NewGuid():N}";

    [Fact]
    public void Those_with_the_serial_numbers_go_and_all_others_stay()
    {
        Add(Wren("01AB"), Wren("02CD"), Wren("03EF"));
        SupersededCertificates.Remove(Open, ["1ab", "02CD"], "999000000001", NullLogger.Instance);
        Left().ShouldBe(["03EF"]);
    }

    [Fact]
    public void A_certificate_that_names_somebody_else_stays()
    {
        Add(Some("CN=Perry Oxbow, SERIALNUMBER=999000000015", "01AB"), Some("CN=Mail", "02CD"));
        SupersededCertificates.Remove(Open, ["01AB", "02CD"], "999000000001", NullLogger.Instance);
        Left().ShouldBe(["01AB"]);
    }

    [Fact]
    public void A_store_that_cannot_be_opened_fails_nothing() =>
        SupersededCertificates.Remove(() => throw new CryptographicException("no store"), ["01AB"], null, NullLogger.Instance);

    [Fact]
    public async Task A_renewal_takes_them_out_of_the_users_store()
    {
        Add(Wren("01AB"), Wren("02CD"));
        await using var server = await AgentLinkServer.Start();
        server.Requests.OnRenew = (_, request) => Task.FromResult<Message>(
            new ActCompleted(request.RequestId, "act-1", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, ["01AB"], 6, 1, 1));
        await using var computer = await new AgentUnderTest(server.Address, certificates: Open).Connected();
        (await computer.Agent.Renew(null, AgentUnderTest.Reader, AgentUnderTest.Held(), takeOver: false, null, CancellationToken.None))
            .ShouldBeOfType<AgentOutcome<ActCompleted>.Done>();
        Left().ShouldBe(["02CD"]);
    }

    public void Dispose()
    {
        using var store = Open();
        store.Open(OpenFlags.ReadWrite);
        store.RemoveRange(store.Certificates);
    }

    private X509Store Open() => new(name, StoreLocation.CurrentUser);

    private void Add(params X509Certificate2[] certificates)
    {
        using var store = Open();
        store.Open(OpenFlags.ReadWrite);
        store.AddRange([.. certificates]);
    }

    private List<string> Left()
    {
        using var store = Open();
        store.Open(OpenFlags.ReadOnly);
        return [.. store.Certificates.Select(c => c.SerialNumber).Order(StringComparer.Ordinal)];
    }

    private static X509Certificate2 Wren(string serial) => Some("CN=Wren Holloway, SERIALNUMBER=999000000001", serial);

    private static X509Certificate2 Some(string subject, string serial)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), from, from.AddYears(2), Convert.FromHexString(serial));
    }
}
