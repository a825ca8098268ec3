namespace Evercard.Tests.House;

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "TestResults", "artifacts"];

    public static DirectoryInfo Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Everything that people wrote: without build output, and without folders that begin with a dot.</summary>
    public static IReadOnlyList<FileInfo> Files { get; } = [.. Walk(Root)];

    public static IEnumerable<FileInfo> Sources => Files.Where(f => f.Extension is ".cs" or ".cshtml");

    public static IEnumerable<FileInfo> Projects => Files.Where(f => f.Extension == ".csproj");

    /// <summary>Path from the root, with slashes.</summary>
    public static string Name(FileSystemInfo file) => Path.GetRelativePath(Root.FullName, file.FullName).Replace('\\', '/');

    private static DirectoryInfo Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Evercard.slnx")))
        {
            folder = folder.Parent;
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests holds Evercard.slnx.");
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(IsOurs).SelectMany(Walk));

    private static bool IsOurs(DirectoryInfo folder) => !folder.Name.StartsWith('.') && !NotOurs.Contains(folder.Name);
}
