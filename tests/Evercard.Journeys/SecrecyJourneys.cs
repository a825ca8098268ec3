using System.Text;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>After a whole journey the passcode is nowhere that anybody could look.</summary>
[Collection(Everybody.Name)]
public sealed class SecrecyJourneys(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task The_passcode_is_in_no_log_audit_database_page_or_browser_profile()
    {
        // A wrong one as well: it is nearly as telling.
        const string Wrong = "739145";
        var (context, profile) = await stage.Chromium.WithProfile();
        var pages = new List<string>();
        context.Response += async (_, response) =>
        {
            pages.Add(response.Url);
            if (response.Headers.GetValueOrDefault("content-type")?.StartsWith("text/", StringComparison.Ordinal) == true)
            {
                try
                {
                    pages.Add(await response.TextAsync());
                }
                catch (Microsoft.Playwright.PlaywrightException)
                {
                    // A redirect has no body, and a page that was left keeps none.
                }
            }
        };
        await using (var wren = new Person(stage, context, new PageCheck("secrecy")))
        {
            await wren.Inserts(await stage.CardOfWren());
            await wren.LogsIn(Wrong);
            await wren.Window.Reads("You have 2 tries left.");
            await wren.LogsInAndAnswers("Yes");
            await wren.SeesTab();
            await wren.ContinuesAndConfirms();
            await wren.Tab.Meets("Success: certificate renewed for smartcard");
        }

        pages.ShouldContain(page => page.Contains("Confirm your passcode", StringComparison.Ordinal));
        pages.ShouldAllBe(page => !Tells(page, Wrong));
        Tells(stage.Server.Log, Wrong).ShouldBeFalse();
        Tells(stage.Agent.Log, Wrong).ShouldBeFalse();
        Telling(stage.At("server"), Wrong).ShouldBeEmpty();
        Telling(stage.At("agent"), Wrong).ShouldBeEmpty();
        Telling(profile, Wrong).ShouldBeEmpty();
    }

    private static bool Tells(string text, string wrong) => Stands(Encoding.UTF8.GetBytes(text), Encoding.ASCII.GetBytes(Stage.Passcode), 1)
        || Stands(Encoding.UTF8.GetBytes(text), Encoding.ASCII.GetBytes(wrong), 1);

    /// <summary>Files in which one of the passcodes stands, as bytes or as UTF-16.</summary>
    private static IEnumerable<string> Telling(string folder, string wrong) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => File.ReadAllBytes(file) is var bytes && Array.Exists(
                [Stage.Passcode, wrong], one => Stands(bytes, Encoding.ASCII.GetBytes(one), 1) || Stands(bytes, Encoding.Unicode.GetBytes(one), 2)));

    /// <summary>Six digits in a row come about by chance in long hexadecimal numbers: those that stand between other hexadecimal digits do not count.</summary>
    private static bool Stands(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sought, int width)
    {
        for (var from = 0; bytes[from..].IndexOf(sought) is >= 0 and var found; from += found + 1)
        {
            var (before, after) = (from + found - width, from + found + sought.Length);
            if (!(before >= 0 && char.IsAsciiHexDigit((char)bytes[before])) && !(after < bytes.Length && char.IsAsciiHexDigit((char)bytes[after])))
            {
                return true;
            }
        }

        return false;
    }
}
