using Evercard.Agent.Tray;

namespace Evercard.Tests.Agent.Tray;

public sealed class TrayMenuTests
{
    private static readonly TrayState NoCard = new() { Version = "1.0.3", Connected = true };
    private static readonly TrayState CardIn = NoCard with { CardIn = true };
    private static readonly TrayState LoggedIn = CardIn with { LoggedIn = true };

    [Fact]
    public void Without_a_card_there_is_status_check_and_quit() => Enabled(NoCard).ShouldBe([TrayItem.Status, TrayItem.Check, TrayItem.Quit]);

    [Fact]
    public void A_card_can_be_logged_in_with_renewed_and_given_another_passcode() =>
        Enabled(CardIn).ShouldBe([TrayItem.Status, TrayItem.LogIn, TrayItem.Renew, TrayItem.ChangePasscode, TrayItem.Check, TrayItem.Quit]);

    [Fact]
    public void Who_is_logged_in_can_log_out_and_not_log_in() =>
        Enabled(LoggedIn).ShouldBe([TrayItem.Status, TrayItem.Renew, TrayItem.ChangePasscode, TrayItem.Check, TrayItem.LogOut, TrayItem.Quit]);

    [Fact]
    public void Without_the_service_logging_out_remains() =>
        Enabled(LoggedIn with { Connected = false }).ShouldBe([TrayItem.Status, TrayItem.Check, TrayItem.LogOut, TrayItem.Quit]);

    [Fact]
    public void Every_item_has_words_of_its_own() => TrayMenu.Items.Select(TrayMenu.Label).ShouldBe(
        ["Status", "Log in", "Renew my smartcard", "Change my passcode", "Check this computer", "Log out", "Quit Identity Agent"]);

    [Fact]
    public void The_worst_news_gives_the_shape()
    {
        NoCard.Shape.ShouldBe(TrayShape.NoCard);
        CardIn.Shape.ShouldBe(TrayShape.CardIn);
        LoggedIn.Shape.ShouldBe(TrayShape.LoggedIn);
        (LoggedIn with { Expiring = true }).Shape.ShouldBe(TrayShape.Expiring);
        (CardIn with { Expiring = true }).Shape.ShouldBe(TrayShape.Expiring);
        (LoggedIn with { Expiring = true, Problem = "The passcode is locked" }).Shape.ShouldBe(TrayShape.Problem);
        (LoggedIn with { Connected = false }).Shape.ShouldBe(TrayShape.Problem);
    }

    private static IEnumerable<TrayItem> Enabled(TrayState state) => TrayMenu.Items.Where(item => TrayMenu.IsEnabled(item, state));
}
