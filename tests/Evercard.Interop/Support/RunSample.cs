using System.Diagnostics;
using System.Globalization;

namespace Evercard.Interop.Support;

/// <summary>A reader that `./run --renew --pcsc` plugs a sample card into; disposing takes that card out and forgets it.</summary>
internal sealed class RunSample(VirtualReaders readers, VirtualReader reader) : IAsyncDisposable
{
    private readonly HashSet<string> filesBefore = [.. CardFiles()];

    public string Reader => reader.Name;

    public async ValueTask DisposeAsync()
    {
        var pid = Repository.At(".data", "cards", $"{reader.Port}.pid");
        if (File.Exists(pid))
        {
            using var card = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pid), CultureInfo.InvariantCulture));
            card.Kill();
            File.Delete(pid);
        }

        await readers.Until(reader.Name, one => !one.CardPresent);
        foreach (var file in CardFiles().Except(filesBefore))
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<string> CardFiles()
    {
        var folder = Repository.At(".data", "cards");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json*") : [];
    }
}
