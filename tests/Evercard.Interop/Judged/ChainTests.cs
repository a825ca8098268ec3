using Evercard.Cards.Piv;
using Evercard.Interop.Support;

namespace Evercard.Interop.Judged;

/// <summary>OpenSSL, GnuTLS and NSS build the chains, and read the CRLs that the certificates point to.</summary>
[Collection(ReadersCollection.Name)]
public sealed class ChainTests(VirtualReaders readers, RenewedCards cards)
{
    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task OpenSSL_builds_the_chain(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        (await Witness.Run("openssl", ["verify", "-x509_strict", "-CAfile", card.Root, "-untrusted", key.Issuer, key.Certificate])).ShouldSucceed().ShouldSay(": OK");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task The_CRL_of_the_new_certificate_says_good_for_it_and_revoked_for_the_old_one(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        string[] check = ["verify", "-crl_check", "-CRLfile", key.Crl, "-CAfile", card.Root, "-untrusted", key.Issuer];
        (await Witness.Run("openssl", [.. check, key.Certificate])).ShouldSucceed().ShouldSay(": OK");
        (await Witness.Run("openssl", [.. check, key.OldCertificate])).ShouldFail().ShouldSay("certificate revoked");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task OpenSSL_verifies_the_CRL_and_reads_why_the_old_certificate_is_in_it(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        var crl = (await Witness.Run("openssl", ["crl", "-in", key.Crl, "-noout", "-text", "-CAfile", card.Store(key)])).ShouldSucceed().ShouldSay("verify OK");
        var entries = crl.Output.Split("Serial Number: ")[1..];
        var old = entries.Single(entry => entry.StartsWith(key.OldSerial, StringComparison.Ordinal));
        old.ShouldContain("Superseded", Case.Sensitive, crl.ToString());
        entries.ShouldNotContain(entry => entry.StartsWith(key.NewSerial, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task GnuTLS_agrees(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        var chain = card.At($"chain-{key.Slot}.pem");
        await File.WriteAllTextAsync(chain, await File.ReadAllTextAsync(key.Certificate) + await File.ReadAllTextAsync(card.Store(key)));
        (await Witness.Run("certtool", ["--verify-chain", "--infile", chain])).ShouldSucceed().ShouldSay("Verified. The certificate is trusted");

        string[] check = ["--verify", "--load-ca-certificate", card.Store(key), "--load-crl", key.Crl];
        (await Witness.Run("certtool", [.. check, "--infile", key.Certificate])).ShouldSucceed().ShouldSay("Verified. The certificate is trusted");
        (await Witness.Run("certtool", [.. check, "--infile", key.OldCertificate])).ShouldFail().ShouldSay("revoked");
        (await Witness.Run("certtool", ["--verify-crl", "--load-ca-certificate", key.Issuer, "--infile", key.Crl])).ShouldSucceed().ShouldSay("Verified");
    }

    [Theory]
    [MemberData(nameof(KeysOfBothKinds.Keys), MemberType = typeof(KeysOfBothKinds))]
    public async Task NSS_agrees(PivAlgorithm algorithm, KeyReference which)
    {
        var card = await cards.Get(readers, algorithm);
        var key = card.Key(which);
        var folder = card.At($"nss-{key.Slot}");
        Directory.CreateDirectory(folder);
        Task<Testimony> Certutil(params string[] arguments) => Witness.Run("certutil", [.. arguments, "-d", $"sql:{folder}"]);
        (await Certutil("-N", "--empty-password")).ShouldSucceed();
        (await Certutil("-A", "-n", "root", "-t", "CT,C,C", "-a", "-i", card.Root)).ShouldSucceed();
        (await Certutil("-A", "-n", "issuer", "-t", ",,", "-a", "-i", key.Issuer)).ShouldSucceed();
        (await Certutil("-A", "-n", "card", "-t", ",,", "-a", "-i", key.Certificate)).ShouldSucceed();
        var usage = which == KeyReference.Authentication ? "C" : "S";
        (await Certutil("-V", "-n", "card", "-u", usage, "-e")).ShouldSucceed().ShouldSay("certificate is valid");
    }
}
