using Evercard.Tests.House;

namespace Evercard.Tests.Support;

/// <summary>A text file that says what is expected. With EVERCARD_GOLDEN=write in the environment the tests rewrite it; the diff is then reviewed.</summary>
internal static class GoldenFile
{
    /// <param name="name">File name in the folder Golden beside the calling test.</param>
    /// <param name="actual">Text with line feeds.</param>
    /// <param name="folder">Of the test, from tests/Evercard.Tests.</param>
    public static void ShouldHold(string name, string actual, string folder)
    {
        var path = Path.Combine(Repository.Root.FullName, "tests", "Evercard.Tests", folder, "Golden", name);
        if (Environment.GetEnvironmentVariable("EVERCARD_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"{name} differs; EVERCARD_GOLDEN=write rewrites it.");
    }
}
