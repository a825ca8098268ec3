using Evercard.Agent.Tray;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.Tests.Agent.Tray;

public sealed class TrayIconTests
{
    [Fact]
    public void Where_there_is_no_display_there_is_no_icon_and_no_exception()
    {
        var display = Environment.GetEnvironmentVariable("DISPLAY");
        Environment.SetEnvironmentVariable("DISPLAY", null);
        try
        {
            using var icon = TrayIcon.TryStart(_ => { }, NullLogger.Instance);

            // Windows has a desktop without saying so.
            (icon is null).ShouldBe(!OperatingSystem.IsWindows() || !Environment.UserInteractive);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DISPLAY", display);
        }
    }
}
