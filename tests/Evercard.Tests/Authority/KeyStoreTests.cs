using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Tests.Support;

namespace Evercard.Tests.Authority;

/// <summary>Each test has a folder of its own: they break it.</summary>
public sealed class KeyStoreTests : IDisposable
{
    private readonly AuthorityFolder _authority = new();

    private string Keys => Path.Combine(_authority.KeyFolder, "keys");

    [Fact]
    public void Opened_again_it_has_the_same_certificates_and_the_same_wrapping_key()
    {
        var wrapped = _authority.Authority.Wrap([1, 2, 3], "here");

        using var again = CertificateAuthority.Open(_authority.Options, _authority.Time);

        again.RootCertificate.ToArray().ShouldBe(_authority.Authority.RootCertificate.ToArray());
        again.IssuerCertificates["signature"].ToArray().ShouldBe(_authority.Authority.IssuerCertificates["signature"].ToArray());
        again.Unwrap(wrapped, "here").ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_wrong_pass_phrase_is_told_and_not_repeated()
    {
        _authority.WritePassPhrase("not the pass phrase");

        var refusal = Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time));

        refusal.Message.ShouldContain("pass phrase is wrong");
        refusal.ToString().ShouldNotContain("not the pass phrase");
    }

    [Fact]
    public void A_short_or_missing_pass_phrase_is_told()
    {
        _authority.WritePassPhrase("short\nbut a long second line");
        Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time)).Message.ShouldContain("12 characters");

        File.Delete(_authority.PassPhraseFile);
        Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time)).Message.ShouldContain("cannot be read");
    }

    [Theory]
    [InlineData("root.key.pem")]
    [InlineData("root.crt.pem")]
    [InlineData("signature.key.pem")]
    [InlineData("signature.crt.pem")]
    [InlineData("wrapping.key.pem")]
    public void A_damaged_or_missing_file_is_named(string file)
    {
        var path = Path.Combine(Keys, file);
        File.WriteAllText(path, File.ReadAllText(path)[..^80]);
        Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time)).Message.ShouldContain(file);

        File.Delete(path);
        Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time)).Message.ShouldContain(file);
    }

    [Fact]
    public void A_key_that_is_not_the_certificates_is_refused()
    {
        File.Copy(Path.Combine(Keys, "root.key.pem"), Path.Combine(Keys, "signature.key.pem"), overwrite: true);

        Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time)).Message.ShouldContain("is not the key");
    }

    [Fact]
    public void Issuers_of_another_root_are_refused()
    {
        foreach (var kind in new[] { "key", "crt" })
            File.Copy(Path.Combine(Keys, $"authentication.{kind}.pem"), Path.Combine(Keys, $"root.{kind}.pem"), overwrite: true);

        Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time)).Message.ShouldContain("not signed by the root");
    }

    [Fact]
    public void No_private_key_lies_there_in_the_clear()
    {
        var keys = Directory.GetFiles(Keys, "*.key.pem");

        keys.Length.ShouldBe(4);
        foreach (var key in keys)
            File.ReadAllText(key).ShouldStartWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    [Theory]
    [InlineData("pass-phrase")]
    [InlineData("authority/keys")]
    [InlineData("authority/keys/root.key.pem")]
    [InlineData("authority/keys/wrapping.key.pem")]
    public void What_is_open_to_other_users_of_the_computer_is_refused_and_named(string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(Path.GetDirectoryName(_authority.PassPhraseFile)!, name);
        var closed = File.GetUnixFileMode(path);
        foreach (var open in new[] { UnixFileMode.OtherRead, UnixFileMode.OtherWrite, UnixFileMode.GroupWrite })
        {
            File.SetUnixFileMode(path, closed | open);
            Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time))
                .Message.ShouldStartWith($"{Path.GetFileName(name)} is open to other users");
        }

        File.SetUnixFileMode(path, closed | UnixFileMode.GroupRead);
        CertificateAuthority.Open(_authority.Options, _authority.Time).Dispose();
    }

    [Fact]
    public void A_certificate_that_is_not_a_CAs_is_refused_and_named()
    {
        using var key = System.Security.Cryptography.RSA.Create();
        key.ImportFromEncryptedPem(File.ReadAllText(Path.Combine(Keys, "wrapping.key.pem")), File.ReadAllLines(_authority.PassPhraseFile)[0]);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=Nobody", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(AuthorityFolder.Start, AuthorityFolder.Start.AddDays(1));
        File.WriteAllText(Path.Combine(Keys, "signature.crt.pem"), certificate.ExportCertificatePem());
        File.Copy(Path.Combine(Keys, "wrapping.key.pem"), Path.Combine(Keys, "signature.key.pem"), overwrite: true);

        Should.Throw<KeyStoreException>(() => CertificateAuthority.Open(_authority.Options, _authority.Time)).Message.ShouldContain("signature.crt.pem");
    }

    public void Dispose() => _authority.Dispose();
}
