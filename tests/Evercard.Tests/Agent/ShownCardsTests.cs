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

    private static ReaderStatus Card(int events, bool present = true) => new("R", default, present, events);
}
