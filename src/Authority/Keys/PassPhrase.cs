using System.Security.Cryptography;
using System.Text;

namespace Evercard.Authority.Keys;

internal static class PassPhrase
{
    public const int ShortestLength = 12;

    /// <summary>Reads the pass phrase: the first line of the file. The caller clears the array.</summary>
    /// <exception cref="KeyStoreException">No file, one that is open to other users, or fewer than 12 characters.</exception>
    public static char[] Read(string path)
    {
        OwnerOnly.Require(path);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException($"The pass phrase file {Path.GetFileName(path)} cannot be read.", e);
        }

        var characters = Encoding.UTF8.GetChars(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        var end = Array.FindIndex(characters, c => c is '\r' or '\n');
        var line = characters[..(end < 0 ? characters.Length : end)];
        Array.Clear(characters);
        if (line.Length < ShortestLength)
            throw new KeyStoreException($"The pass phrase has fewer than {ShortestLength} characters.");
        return line;
    }
}
