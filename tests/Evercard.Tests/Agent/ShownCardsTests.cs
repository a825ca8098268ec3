using Evercard.Agent;
using Evercard.Cards.Readers;

namespace Evercard.Tests.Agent;

public class ShownCardsTests
{
    private readonly List<string> gone = [];
    private readonly ShownCards shown;

    public ShownCardsTests() => shown = new ShownCards(message => gone.Add(message.Reader));

    [Fact]
    public void A_card_that_leaves_is_told_once()
    {
        shown.Show(Card(1));
        shown.Left("R", Card(2, present: false));
        shown.Left("R", Card(2, present: false));
        gone.ShouldBe(["R"]);
        shown.IsShown(Card(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_card_is_gone_before_the_next_is_shown_and_late_news_of_it_tell_nothing()
    {
        shown.Show(Card(1));
        shown.Show(Card(3));
        gone.ShouldBe(["R"]);
        shown.Left("R", Card(3));
        gone.ShouldBe(["R"]);
        shown.IsShown(Card(3)).ShouldBeTrue();
    }

    [Fact]
    public void A_card_that_was_never_shown_is_not_gone()
    {
        shown.Left("R", null);
        shown.Show(Card(1));
        shown.Clear();
        shown.Left("R", null);
        gone.ShouldBeEmpty();
    }

    /// <summary>Its leaving was not told, and a session that the server gave it after all outlived it.</summary>
    [Fact]
    public void A_card_that_was_refused_is_shown_again_before_its_next_act_and_its_leaving_is_told()
    {
        shown.Show(Card(1));
        shown.Refuse(Card(1));
        shown.IsShown(Card(1)).ShouldBeFalse();
        shown.Left("R", Card(2, present: false));
        gone.ShouldBe(["R"]);
    }

    [Fact]
    public void A_late_refusal_of_a_card_before_says_nothing_of_the_present_one()
    {
        shown.Show(Card(1));
        shown.Show(Card(3));
        shown.Refuse(Card(1));
        shown.IsShown(Card(3)).ShouldBeTrue();
    }

    private static ReaderStatus Card(int events, bool present = true) => new("R", default, present, events);
}
