using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>The pictures of the guides. `./test --pictures` takes them; at any other time a page must look as it did when its picture was taken.</summary>
internal static class Pictures
{
    public const string LogIn = "log-in";
    public const string Role = "choose-your-role";
    public const string Notice = "smartcard-expiry";
    public const string Renew = "renew-your-smartcard";
    public const string Confirm = "confirm-your-passcode";
    public const string Renewing = "renewing";
    public const string PutBack = "put-your-smartcard-back";
    public const string Success = "success";
    public const string Tested = "now-test-it";
    public const string Insert = "insert-your-smartcard";
    public const string AgentMissing = "agent-missing";
    public const string LoggedOut = "logged-out";
    public const string Finish = "finish-your-renewal";
    public const string Dashboard = "dashboard";
    public const string Check = "check-this-computer";
    public const string ManageInsert = "insert-the-smartcard-you-wish-to-manage";
    public const string UserDetails = "user-details";
    public const string Service = "select-smartcard-service";
    public const string Identity = "is-this-the-cardholder";
    public const string HandOver = "hand-over-the-keyboard";
    public const string SetPasscode = "set-your-passcode";
    public const string Repaired = "smartcard-repaired";
    public const string Attention = "cards-that-need-attention";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Lock Gate = new();

    public static IReadOnlyList<string> Guide { get; } =
        [LogIn, Role, Notice, Renew, Confirm, Renewing, PutBack, Success, Tested, Insert, AgentMissing, LoggedOut, Finish, Dashboard, Check,
            ManageInsert, UserDetails, Service, Identity, HandOver, SetPasscode, Repaired, Attention];

    public static string Folder { get; } = Repository.At("docs", "images", "journeys");

    private static string ManifestFile { get; } = Path.Combine(Folder, "manifest.json");

    private static bool AreTaken => Environment.GetEnvironmentVariable("EVERCARD_PICTURES") == "write";

    /// <summary>Picture → hash of the page that it shows.</summary>
    public static SortedDictionary<string, string> Manifest() =>
        File.Exists(ManifestFile)
            ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(ManifestFile))!
            : new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Takes the picture, or says that the page has changed since it was taken.</summary>
    public static async Task Compare(IPage page, string name, string skeleton)
    {
        Guide.ShouldContain(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(skeleton)));
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Repository.At("artifacts", "journeys", "guide")).FullName, name + ".txt"), skeleton);
        if (!AreTaken)
        {
            Manifest().GetValueOrDefault(name).ShouldBe(hash, $"The page of the picture {name} has changed: run ./test --pictures, and look at docs/images/journeys/{name}.png");
            return;
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png") });
        lock (Gate)
        {
            var manifest = Manifest();
            manifest[name] = hash;
            File.WriteAllText(ManifestFile, JsonSerializer.Serialize(manifest, Indented) + "\n");
        }
    }
}
