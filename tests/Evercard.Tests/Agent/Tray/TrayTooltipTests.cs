using Evercard.Agent.Tray;

namespace Evercard.Tests.Agent.Tray;

public sealed class TrayTooltipTests
{
    private static readonly TrayState Wren = new() { Version = "1.0.3", Connected = true, CardIn = true, HolderName = "Wren Holloway", DaysLeft = 68 };

    [Theory]
    [InlineData(68, "expires in 68 days")]
    [InlineData(2, "expires in 2 days")]
    [InlineData(1, "expires in 1 day")]
    [InlineData(0, "expires today")]
    [InlineData(-1, "expired")]
    [InlineData(-400, "expired")]
    public void Days_left_are_told_as_people_say_them(int days, string told) =>
        TrayTooltip.Of(Wren with { DaysLeft = days }).ShouldBe($"Identity Agent 1.0.3. Connected. Wren Holloway: {told}");

    [Fact]
    public void Without_a_card_no_card_is_told_and_no_name_that_was_left_over() =>
        TrayTooltip.Of(Wren with { CardIn = false }).ShouldBe("Identity Agent 1.0.3. Connected. No smartcard");

    [Fact]
    public void Without_the_service_the_card_is_told_all_the_same() =>
        TrayTooltip.Of(Wren with { Connected = false }).ShouldBe("Identity Agent 1.0.3. Not connected. Wren Holloway: expires in 68 days");

    [Fact]
    public void A_problem_is_told_before_the_card() =>
        TrayTooltip.Of(Wren with { Problem = "The passcode is locked" })
            .ShouldBe("Identity Agent 1.0.3. Connected. The passcode is locked. Wren Holloway: expires in 68 days");

    [Fact]
    public void A_card_that_tells_neither_name_nor_date_is_a_smartcard() =>
        TrayTooltip.Of(Wren with { HolderName = null, DaysLeft = null }).ShouldBe("Identity Agent 1.0.3. Connected. Smartcard");

    [Fact]
    public void A_name_too_long_leaves_room_for_the_days() =>
        TrayTooltip.Of(Wren with { HolderName = new string('w', 300) }).ShouldEndWith("www…: expires in 68 days");

    [Fact]
    public void A_name_cannot_break_the_line() =>
        TrayTooltip.Of(Wren with { HolderName = "Wren\r\n Holloway\0" }).ShouldBe("Identity Agent 1.0.3. Connected. Wren Holloway: expires in 68 days");

    [Fact]
    public void A_character_of_two_units_is_not_cut_in_half() =>
        TrayTooltip.Of(Wren with { HolderName = new string('w', 38) + "😀😀", DaysLeft = null }).ShouldEndWith("www…");
}
