using Evercard.Cards.Piv;
using Evercard.Interop.Judged;
using Evercard.Interop.Support;

namespace Evercard.Interop.Pcsc;

/// <summary>Whether a card was renewed after all, as the authority's record and programs of others tell it.</summary>
internal static class RenewedAfterAll
{
    public static async Task<List<string>> Serials(this Desk desk, Guid id) => [.. (await desk.CurrentCredentials(id)).Select(c => c.CertificateSerialNumber)];

    /// <summary>Both certificates that count now are new, on the card, and their keys sign.</summary>
    public static async Task ShouldBeRenewed(this Desk desk, Guid id, string reader, IReadOnlyList<string> before)
    {
        var current = await desk.CurrentCredentials(id);
        current.Count.ShouldBe(2);
        current.Select(c => c.CertificateSerialNumber).Intersect(before).ShouldBeEmpty();
        foreach (var credential in current)
        {
            await JudgeBySigning(reader, (KeyReference)credential.KeyReference, credential.CertificateSerialNumber);
        }
    }

    private static async Task JudgeBySigning(string reader, KeyReference key, string serial)
    {
        var folder = Directory.CreateTempSubdirectory("evercard-interop-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            var id = key == KeyReference.Authentication ? "01" : "02";
            (await Witness.Run("pkcs15-tool", ["--reader", reader, "--read-certificate", id, "--output", At("certificate.pem")])).ShouldSucceed();
            (await Witness.Run("openssl", ["x509", "-in", At("certificate.pem"), "-noout", "-serial"])).ShouldSucceed().ShouldSay(serial);
            (await Signature.SignAndVerify(reader, id, PivAlgorithm.P256, At("certificate.pem"), At)).ShouldSucceed().ShouldSay("Verified OK");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
