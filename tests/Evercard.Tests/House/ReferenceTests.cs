using System.Xml.Linq;

namespace Evercard.Tests.House;

/// <summary>Who may know whom. A project that is not in the table fails: write down first what it may know.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["src/Cards"] = [],
        ["src/CardSimulator"] = ["Cards"],
        ["src/Authority"] = [],
        ["src/Registry"] = [],
        ["src/Lifecycle"] = ["Cards", "Authority", "Registry"],
        ["src/Protocol"] = [],
        ["src/Look"] = [],
        ["src/Server"] = ["Lifecycle", "Registry", "Authority", "Cards", "Protocol", "Look"],
        ["src/Agent"] = ["Cards", "Protocol", "Look"],
        ["src/Cli"] = ["Lifecycle", "Authority", "Registry"],
        ["dev/DevHost"] = ["Server", "Agent", "CardSimulator", "Look"],
    };

    /// <summary>Only these know that there is a database.</summary>
    private static readonly string[] MayUseEntityFramework = ["src/Registry", "src/Authority"];

    /// <summary>What runs on the cardholder's computer, or like a card, needs nothing but the framework.</summary>
    private static readonly string[] WithoutPackages = ["src/Cards", "src/CardSimulator", "src/Protocol", "src/Look", "src/Agent"];

    public static TheoryData<string> Guarded() => [.. Repository.Projects.Select(Folder).Where(IsGuarded).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_table_and_the_repository_name_the_same_projects() =>
        Repository.Projects.Select(Folder).Where(IsGuarded).ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Guarded))]
    public void A_project_knows_only_the_projects_it_may_know(string folder) =>
        References(folder, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Except(Allowed.GetValueOrDefault(folder, []))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Guarded))]
    public void The_database_library_is_used_by_the_registry_and_the_authority_alone(string folder)
    {
        if (!MayUseEntityFramework.Contains(folder))
        {
            References(folder, "PackageReference").Where(IsDatabase).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Cards_agent_and_protocol_need_no_package() =>
        WithoutPackages.SelectMany(folder => References(folder, "PackageReference")).ShouldBeEmpty();

    private static bool IsGuarded(string folder) =>
        folder.StartsWith("src/", StringComparison.Ordinal) || folder.StartsWith("dev/", StringComparison.Ordinal);

    private static bool IsDatabase(string package) =>
        package.Contains("EntityFrameworkCore", StringComparison.Ordinal)
        || package.StartsWith("SQLitePCLRaw", StringComparison.Ordinal)
        || package.StartsWith("Microsoft.Data.", StringComparison.Ordinal)
        || package.StartsWith("Npgsql", StringComparison.Ordinal);

    private static string Folder(FileInfo project) => Repository.Name(project.Directory!);

    private static IEnumerable<string> References(string folder, string kind) =>
        Repository.Projects.Where(project => Folder(project) == folder)
            .SelectMany(project => XDocument.Load(project.FullName).Descendants(kind))
            .Select(reference => (string?)reference.Attribute("Include") ?? "");
}
