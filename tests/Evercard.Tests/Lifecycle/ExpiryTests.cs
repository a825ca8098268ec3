using Evercard.Lifecycle;

namespace Evercard.Tests.Lifecycle;

public sealed class ExpiryTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly DateTimeOffset Far = new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_certificate_lives_until_the_last_second_of_its_local_date_in_winter_and_in_summer()
    {
        Expiry.NotAfter(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), 24, Far, London).ShouldBe(new(2028, 11, 22, 23, 59, 59, TimeSpan.Zero));
        Expiry.NotAfter(new(2026, 6, 30, 8, 0, 0, TimeSpan.Zero), 24, Far, London).ShouldBe(new(2028, 6, 30, 22, 59, 59, TimeSpan.Zero));
    }

    [Fact]
    public void Half_an_hour_past_midnight_in_summer_is_already_the_new_day() =>
        Expiry.NotAfter(new(2026, 6, 30, 23, 30, 0, TimeSpan.Zero), 24, Far, London).ShouldBe(new(2028, 7, 1, 22, 59, 59, TimeSpan.Zero));

    [Fact]
    public void A_leap_day_ends_on_28_February() =>
        Expiry.NotAfter(new(2028, 2, 29, 12, 0, 0, TimeSpan.Zero), 12, Far, London).ShouldBe(new(2029, 2, 28, 23, 59, 59, TimeSpan.Zero));

    [Fact]
    public void No_certificate_outlives_its_card()
    {
        var cardEnds = new DateTimeOffset(2027, 5, 1, 22, 59, 59, TimeSpan.Zero);
        Expiry.NotAfter(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), 24, cardEnds, London).ShouldBe(cardEnds);
        var noon = new DateTimeOffset(2027, 5, 1, 12, 0, 0, TimeSpan.Zero);
        Expiry.NotAfter(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), 24, noon, London).ShouldBe(new(2027, 4, 30, 22, 59, 59, TimeSpan.Zero));
    }

    [Fact]
    public void The_window_opens_at_local_midnight_90_days_before()
    {
        var opens = Expiry.WindowOpens(new(2027, 7, 1, 22, 59, 59, TimeSpan.Zero), 90, London);
        opens.ShouldBe(new(2027, 4, 1, 23, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(2027, 1, 29, 23, 59, 59, 68)]
    [InlineData(2026, 11, 22, 23, 59, 59, 0)]
    [InlineData(2026, 11, 21, 23, 59, 59, -1)]
    public void Days_left_are_counted_as_people_count_them(int year, int month, int day, int hour, int minute, int second, int days) =>
        Expiry.DaysLeft(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), new(year, month, day, hour, minute, second, TimeSpan.Zero), London).ShouldBe(days);

    [Fact]
    public void Dates_and_times_read_as_people_write_them()
    {
        Expiry.InWords(new(2027, 3, 3, 12, 0, 0, TimeSpan.Zero), London).ShouldBe("3 March 2027");
        Expiry.TimeInWords(new(2026, 11, 22, 8, 6, 0, TimeSpan.Zero), London).ShouldBe("8:06am");
    }
}
