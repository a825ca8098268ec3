using System.ComponentModel;
using System.Diagnostics;

namespace Evercard.Agent.Pages.Opening;

/// <summary>The browsers of this computer.</summary>
internal static class BrowserPrograms
{
    private static readonly string[] OnLinux = ["microsoft-edge", "microsoft-edge-stable", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser"];

    private static readonly string[] OnWindows = [@"Microsoft\Edge\Application\msedge.exe", @"Google\Chrome\Application\chrome.exe"];

    /// <summary>A window without tabs and address bar, where a browser of the Chromium family is found; else a tab.</summary>
    public static void OpenWindow(Uri page)
    {
        if (!HasDesktop)
        {
            return;
        }

        if (Find() is { } browser)
        {
            Start(new ProcessStartInfo(browser, [$"--app={page.AbsoluteUri}", "--window-size=480,620"]));
        }
        else
        {
            OpenBrowser(page);
        }
    }

    public static void OpenBrowser(Uri page)
    {
        if (!HasDesktop || page.Scheme is not ("http" or "https"))
        {
            return;
        }

        Start(OperatingSystem.IsWindows()
            ? new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true }
            : new ProcessStartInfo("xdg-open", [page.AbsoluteUri]));
    }

    internal static bool HasDesktop =>
        OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    private static string? Find()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SpecialFolder[] folders =
                [Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.LocalApplicationData];
            return OnWindows.SelectMany(name => folders.Select(folder => Path.Combine(Environment.GetFolderPath(folder), name))).FirstOrDefault(File.Exists);
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return OnLinux.SelectMany(name => path.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static void Start(ProcessStartInfo program)
    {
        try
        {
            Process.Start(program)?.Dispose();
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            // The tray's Status and the service's own pages still lead everywhere.
        }
    }
}
