using System.Text.Json;

namespace Evercard.CardSimulator.Storage;

/// <summary>A card's whole state in one JSON file that only its owner can read. Held by one process at a time.</summary>
public sealed class CardFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private CardFile(string path, Func<CardImage> image)
    {
        _path = Path.GetFullPath(path);
        _lock = Lock(_path + ".lock");
        try
        {
            Image = image();
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public CardImage Image { get; }

    /// <summary>Stores a new card.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public static CardFile Create(string path, CardImage image)
    {
        var file = new CardFile(path, () => File.Exists(path) ? throw new IOException($"There is a card in {path} already.") : image);
        image.Change();
        file.Save();
        return file;
    }

    /// <exception cref="IOException">No such file, or another process has the card.</exception>
    /// <exception cref="JsonException">The file holds no card.</exception>
    public static CardFile Open(string path) => new(path, () => Read(path));

    /// <summary>What a file of this card would hold, read back.</summary>
    public static CardImage Copy(CardImage image) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(image, CardImageJson.Default.CardImage), CardImageJson.Default.CardImage)!;

    /// <summary>Writes the image where it has changed: to a file beside it, flushed to the disk, then renamed over the old one.</summary>
    public void Save()
    {
        if (!Image.IsChanged)
        {
            return;
        }

        var beside = _path + ".new";
        using (var stream = OwnerOnly(beside, FileMode.Create))
        {
            JsonSerializer.Serialize(stream, Image, CardImageJson.Default.CardImage);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
        Image.Stored();
    }

    public void Dispose() => _lock.Dispose();

    private static CardImage Read(string path)
    {
        using var stream = File.OpenRead(path);
        var image = JsonSerializer.Deserialize(stream, CardImageJson.Default.CardImage) ?? throw new JsonException("The file holds no card.");
        return StoredCard.Fault(image) is { } fault ? throw new JsonException($"The file holds no card: {fault}") : image;
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return OwnerOnly(path, FileMode.OpenOrCreate);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException("The card is in another reader: another process holds its file.", e);
        }
    }

    private static FileStream OwnerOnly(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
