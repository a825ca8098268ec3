using Evercard.Cards.Piv;
using Evercard.DevHost.SampleCards;
using Evercard.Interop.Support;

namespace Evercard.Interop.Judged;

/// <summary>A signature that OpenSC has a sample card make, and OpenSSL verifies.</summary>
internal static class Signature
{
    /// <summary>Signs a message with the key, and asks OpenSSL whether the signature fits the certificate.</summary>
    /// <param name="reader">Where the card is.</param>
    /// <param name="id">OpenSC's id of the key.</param>
    /// <param name="algorithm">Of the key.</param>
    /// <param name="certificate">PEM file.</param>
    /// <param name="at">Gives paths for files.</param>
    public static async Task<Testimony> SignAndVerify(string reader, string id, PivAlgorithm algorithm, string certificate, Func<string, string> at)
    {
        var (message, signature, publicKey) = (at("message"), at("signature"), at("public-key.pem"));
        await File.WriteAllTextAsync(message, $"Signed with key {id}.");
        var mechanism = algorithm.IsRsa() ? "SHA256-RSA-PKCS" : "ECDSA-SHA256";
        (await Witness.Run(
            "pkcs11-tool",
            Pkcs11.On(
                reader, "--login", "--pin", SampleWard.Passcode, "--sign", "--id", id, "--mechanism", mechanism,
                "--signature-format", "openssl", "--input-file", message, "--output-file", signature))).ShouldSucceed();
        (await Witness.Run("openssl", ["x509", "-in", certificate, "-noout", "-pubkey", "-out", publicKey])).ShouldSucceed();
        return await Witness.Run("openssl", ["dgst", "-sha256", "-verify", publicKey, "-signature", signature, message]);
    }
}
