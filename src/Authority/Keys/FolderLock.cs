namespace Evercard.Authority.Keys;

/// <summary>Keeps two server nodes that share a key folder from setting it up at once.</summary>
internal static class FolderLock
{
    /// <summary>Waits up to thirty seconds for the lock file; disposing of the stream lets go.</summary>
    /// <exception cref="KeyStoreException">Somebody else has it.</exception>
    public static FileStream Take(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (attempt < 300)
            {
                Thread.Sleep(100);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new KeyStoreException("The key folder is in use by another process, or may not be written.", e);
            }
        }
    }
}
