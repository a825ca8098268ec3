using Evercard.Interop.Support;

namespace Evercard.Interop.Judged;

/// <summary>What programs that nobody here wrote say of a card that was repaired.</summary>
internal static class RepairedCard
{
    private const string OneYear = "31536000";

    /// <summary>The key was made in the card, the certificate names its holder and lasts, and the passcode is the one that the cardholder chose.</summary>
    /// <param name="reader">Where the card is.</param>
    /// <param name="holder">The cardholder.</param>
    /// <param name="passcode">Chosen at the repair.</param>
    /// <param name="passcodeOfBefore">Of the card as it was.</param>
    /// <param name="folder">For files.</param>
    public static async Task ShouldWork(string reader, string holder, string passcode, string passcodeOfBefore, string folder)
    {
        var (certificate, publicKey, message, signature) = (At("certificate.der"), At("key.pem"), At("message"), At("signature"));
        await File.WriteAllTextAsync(message, "Signed after the repair.");
        (await Witness.Run("pkcs11-tool", Pkcs11.On(reader, "--read-object", "--type", "cert", "--id", "01", "--output-file", certificate))).ShouldSucceed();
        (await Witness.Run("openssl", ["x509", "-inform", "der", "-in", certificate, "-noout", "-subject"])).ShouldSucceed().ShouldSay(holder);
        (await Witness.Run("openssl", ["x509", "-inform", "der", "-in", certificate, "-noout", "-pubkey", "-out", publicKey])).ShouldSucceed();
        (await Witness.Run("openssl", ["x509", "-inform", "der", "-in", certificate, "-noout", "-checkend", OneYear])).ShouldSucceed();
        string[] sign = ["--login", "--sign", "--id", "01", "--mechanism", "ECDSA-SHA256", "--signature-format", "openssl", "--input-file", message, "--output-file", signature];
        (await Witness.Run("pkcs11-tool", Pkcs11.On(reader, [.. sign, "--pin", passcode]))).ShouldSucceed();
        (await Witness.Run("openssl", ["dgst", "-sha256", "-verify", publicKey, "-signature", signature, message])).ShouldSucceed().ShouldSay("Verified OK");
        (await Witness.Run("yubico-piv-tool", ["-r", reader, "-a", "verify-pin", "-P", passcodeOfBefore])).ShouldFail().ShouldSay("2 tries left");

        string At(string name) => Path.Combine(folder, name);
    }
}
