using System.Security.Cryptography;
using System.Text;

namespace Evercard.Server.Join;

/// <summary>What is stored of a random secret: knowing the table opens nothing.</summary>
internal static class Digest
{
    /// <summary>SHA-256, upper-case hexadecimal.</summary>
    public static string Of(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
