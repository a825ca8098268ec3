using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Tests.Support;

namespace Evercard.Tests.Authority;

/// <summary>The first start of an authority: its keys and CA certificates are made. Each test has a folder of its own.</summary>
public sealed class FirstStartTests : IDisposable
{
    private readonly AuthorityFolder _authority = new();

    private string Keys => Path.Combine(_authority.KeyFolder, "keys");

    [Fact]
    public void A_first_start_that_was_cut_is_begun_anew()
    {
        Directory.Move(Keys, Path.Combine(_authority.KeyFolder, "keys.unfinished"));
        File.Delete(Path.Combine(_authority.KeyFolder, "keys.unfinished", "signature.crt.pem"));

        using var again = CertificateAuthority.Open(_authority.Options, _authority.Time);

        again.IssuerCertificates.Count.ShouldBe(2);
        Directory.GetDirectories(_authority.KeyFolder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_nodes_that_start_first_at_once_agree()
    {
        Directory.Delete(Keys, recursive: true);

        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => CertificateAuthority.Open(_authority.Options, _authority.Time))));

        nodes[0].RootCertificate.ToArray().ShouldBe(nodes[1].RootCertificate.ToArray());
        foreach (var node in nodes)
            node.Dispose();
    }

    [Theory]
    [InlineData(KeyAlgorithm.P384)]
    [InlineData(KeyAlgorithm.Rsa3072)]
    public async Task CA_keys_may_be_of_another_kind(KeyAlgorithm algorithm)
    {
        using var other = AuthorityFolder.FirstStarted(algorithm);

        var issued = await other.Issue(Some.Order());

        await using var db = other.Context();
        (await other.Authority.StandingOf(db, issued.Certificate, default)).ShouldBe(CertificateStanding.Good);
        (await other.MakeCrl("authentication")).ShouldNotBeEmpty();
    }

    [Fact]
    public void CA_keys_of_2048_bits_are_refused()
    {
        using var other = AuthorityFolder.FirstStarted(KeyAlgorithm.Rsa2048);

        Should.Throw<ArgumentOutOfRangeException>(() => other.Authority);
    }

    [Fact]
    public void Only_the_owner_may_read_the_folder_and_its_files()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var fresh = AuthorityFolder.FirstStarted(KeyAlgorithm.P256);
        _ = fresh.Authority;
        var keys = Path.Combine(fresh.KeyFolder, "keys");
        foreach (var folder in new[] { fresh.KeyFolder, keys })
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(keys))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Certificates_carry_the_first_starts_clock()
    {
        using var root = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(_authority.Authority.RootCertificate.Span);

        new DateTimeOffset(root.NotBefore).ShouldBe(AuthorityFolder.Start);
        new DateTimeOffset(root.NotAfter).ShouldBe(AuthorityFolder.Start.AddYears(20));
        using var later = CertificateAuthority.Open(_authority.Options, new ManualTime(AuthorityFolder.Start.AddYears(1)));
        later.RootCertificate.ToArray().ShouldBe(root.RawData);
    }

    public void Dispose() => _authority.Dispose();
}
