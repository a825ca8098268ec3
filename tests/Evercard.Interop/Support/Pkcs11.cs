namespace Evercard.Interop.Support;

/// <summary>OpenSC's PKCS#11 module.</summary>
internal static class Pkcs11
{
    public static string Module { get; } = Find();

    /// <summary>Arguments of pkcs11-tool for the card in this reader.</summary>
    public static string[] On(string reader, params string[] arguments) => ["--module", Module, "--slot-description", reader, .. arguments];

    private static string Find() =>
        Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*")
            .SelectMany(folder => new[] { Path.Combine(folder, "opensc-pkcs11.so"), Path.Combine(folder, "pkcs11", "opensc-pkcs11.so") })
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("opensc-pkcs11.so is not here; ./test installs what these tests need.");
}
