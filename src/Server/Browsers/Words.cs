using Evercard.Lifecycle;

namespace Evercard.Server.Browsers;

/// <summary>Dates and numbers as pages tell them.</summary>
internal static class Words
{
    /// <summary>"29 January 2027, in 68 days"; "today"; "10 November 2026 (12 days ago)".</summary>
    public static string DateAndDays(DateTimeOffset moment, DateTimeOffset now, TimeZoneInfo zone) => Expiry.DaysLeft(now, moment, zone) switch
    {
        0 => $"{Expiry.InWords(moment, zone)}, today",
        1 => $"{Expiry.InWords(moment, zone)}, tomorrow",
        > 1 and var days => $"{Expiry.InWords(moment, zone)}, in {days} days",
        -1 => $"{Expiry.InWords(moment, zone)} (yesterday)",
        var days => $"{Expiry.InWords(moment, zone)} ({-days} days ago)",
    };

    /// <summary>"12 seconds", "1 minute 5 seconds".</summary>
    public static string Duration(TimeSpan time)
    {
        var seconds = (int)Math.Max(0, Math.Floor(time.TotalSeconds));
        var (minutes, rest) = (seconds / 60, seconds % 60);
        static string Part(int n, string word) => $"{n} {word}{(n == 1 ? string.Empty : "s")}";
        return minutes == 0 ? Part(rest, "second") : rest == 0 ? Part(minutes, "minute") : $"{Part(minutes, "minute")} {Part(rest, "second")}";
    }
}
