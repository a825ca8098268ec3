using System.Globalization;

namespace Evercard.Agent;

/// <summary>Dates and times as people read them.</summary>
/// <param name="zone">Where they read them.</param>
public sealed class DateWords(TimeZoneInfo zone)
{
    /// <summary>The default: Europe/London.</summary>
    public static TimeZoneInfo London { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>"3 March 2027".</summary>
    public string Date(DateTimeOffset moment) => Local(moment).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"8:06am".</summary>
    public string Time(DateTimeOffset moment) =>
        Local(moment).ToString("h:mm", CultureInfo.InvariantCulture) + (Local(moment).Hour < 12 ? "am" : "pm");

    /// <summary>"68 days", "1 day".</summary>
    public static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"{days} {(days == 1 ? "day" : "days")}");

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);
}
