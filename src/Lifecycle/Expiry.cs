using System.Globalization;

namespace Evercard.Lifecycle;

/// <summary>Dates as people read them: a certificate lives until the last second of a local date.</summary>
public static class Expiry
{
    /// <summary>One notAfter for both certificates: 23:59:59 local time, never past the card's own expiry.</summary>
    /// <param name="now">When the operation opens.</param>
    /// <param name="months">Validity.</param>
    /// <param name="cardExpiresAt">The card's own expiry (CHUID).</param>
    /// <param name="zone">Where people read dates.</param>
    public static DateTimeOffset NotAfter(DateTimeOffset now, int months, DateTimeOffset cardExpiresAt, TimeZoneInfo zone)
    {
        var wanted = EndOfDay(LocalDate(now, zone).AddMonths(months), zone);
        var latest = EndOfDay(LocalDate(cardExpiresAt, zone), zone);
        latest = latest <= cardExpiresAt ? latest : EndOfDay(LocalDate(cardExpiresAt, zone).AddDays(-1), zone);
        return wanted <= latest ? wanted : latest;
    }

    /// <summary>00:00 local time of the first day on which renewal is offered.</summary>
    public static DateTimeOffset WindowOpens(DateTimeOffset notAfter, int windowDays, TimeZoneInfo zone) =>
        At(LocalDate(notAfter, zone).AddDays(-windowDays), TimeOnly.MinValue, zone);

    /// <summary>Whole days left as people count them: 0 on the last day, negative after it.</summary>
    public static int DaysLeft(DateTimeOffset now, DateTimeOffset notAfter, TimeZoneInfo zone) =>
        LocalDate(notAfter, zone).DayNumber - LocalDate(now, zone).DayNumber;

    /// <summary>23:59:59 local time of a date.</summary>
    public static DateTimeOffset EndOfDay(DateOnly date, TimeZoneInfo zone) => At(date, new TimeOnly(23, 59, 59), zone);

    public static DateOnly LocalDate(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>"3 March 2027".</summary>
    public static string InWords(DateTimeOffset moment, TimeZoneInfo zone) =>
        LocalDate(moment, zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"8:06am".</summary>
    public static string TimeInWords(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("h:mmtt", CultureInfo.InvariantCulture).ToLowerInvariant();

    private static DateTimeOffset At(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
