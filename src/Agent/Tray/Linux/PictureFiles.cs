using Evercard.Agent.Tray.Drawing;

namespace Evercard.Agent.Tray.Linux;

/// <summary>Panels of Linux take pictures by path. A folder for this user alone; disposing removes it.</summary>
internal sealed class PictureFiles : IDisposable
{
    private DirectoryInfo folder = NewFolder();

    /// <summary>The path of a picture, which is drawn when it is first asked for.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public string PathOf(TrayShape shape, int size)
    {
        if (!Directory.Exists(folder.FullName))
        {
            folder = NewFolder(); // Systems clean up what lay there for days.
        }

        var path = Path.Combine(folder.FullName, $"{shape}-{size}.png");
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, TrayPicture.Png(shape, size));
        }

        return path;
    }

    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody cleaned up before, or the system will.
        }
    }

    private static DirectoryInfo NewFolder() => Directory.CreateTempSubdirectory("evercard-tray-");
}
