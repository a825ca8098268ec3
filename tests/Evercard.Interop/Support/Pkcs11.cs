using Evercard.Cards.Piv;
using Evercard.DevHost.SampleCards;

namespace Evercard.Interop.Support;

/// <summary>OpenSC's PKCS#11 module, and the ids that it gives to PIV keys.</summary>
internal static class Pkcs11
{
    public static string Module { get; } = Find();

    /// <summary>Arguments of pkcs11-tool for the card in this reader.</summary>
    public static string[] On(string reader, params string[] arguments) => ["--module", Module, "--slot-description", reader, .. arguments];

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
            On(
                reader, "--login", "--pin", SampleWard.Passcode, "--sign", "--id", id, "--mechanism", mechanism,
                "--signature-format", "openssl", "--input-file", message, "--output-file", signature))).ShouldSucceed();
        (await Witness.Run("openssl", ["x509", "-in", certificate, "-noout", "-pubkey", "-out", publicKey])).ShouldSucceed();
        return await Witness.Run("openssl", ["dgst", "-sha256", "-verify", publicKey, "-signature", signature, message]);
    }

    private static string Find() =>
        Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*")
            .SelectMany(folder => new[] { Path.Combine(folder, "opensc-pkcs11.so"), Path.Combine(folder, "pkcs11", "opensc-pkcs11.so") })
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("opensc-pkcs11.so is not here; ./test installs what these tests need.");
}
