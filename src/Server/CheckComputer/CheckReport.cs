using System.Globalization;
using System.Text;
using Evercard.Lifecycle;

namespace Evercard.Server.CheckComputer;

/// <summary>The rows as text that can be sent to whoever looks after the computer.</summary>
public static class CheckReport
{
    public static string Write(IReadOnlyList<CheckRow> rows, DateTimeOffset now, TimeZoneInfo zone, string version)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Check this computer, {Expiry.InWords(now, zone)}, {Expiry.TimeInWords(now, zone)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Care Identity Service {version}");
        foreach (var row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Sign} {row.What}: {row.Finding}");
            if (row.Fix is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {row.Fix}");
            }
        }

        return text.ToString();
    }
}
