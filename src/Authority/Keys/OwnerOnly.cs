namespace Evercard.Authority.Keys;

/// <summary>Keeps other users of the computer away from secrets in files. Unix only: Windows folders of a service are closed by their access lists.</summary>
internal static class OwnerOnly
{
    public const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // A group may read: that is how secrets are handed to containers.
    private const UnixFileMode Refused =
        UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Nothing to say about a path that is not there: whoever reads it will find out.</summary>
    /// <exception cref="KeyStoreException">Other users may read the file or folder, or its group may change it.</exception>
    public static void Require(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
            return;
        if ((System.IO.File.GetUnixFileMode(path) & Refused) != UnixFileMode.None)
            throw new KeyStoreException($"{Path.GetFileName(path)} is open to other users of this computer. Close it first: chmod go-w,o-rx.");
    }
}
