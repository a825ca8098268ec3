using Evercard.Lifecycle;
using Evercard.Server.AgentLink;
using Evercard.Server.ManageSmartcard;

namespace Evercard.Tests.Server.ManageSmartcard;

/// <summary>What follows from the readers of a computer and the cards in them.</summary>
public sealed class DeskViewTests
{
    private const string First = "Reader 0";
    private const string Second = "Reader 1";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Own = Guid.NewGuid();
    private static readonly Guid OwnToo = Guid.NewGuid();
    private static readonly Guid Rosa = Guid.NewGuid();
    private static readonly Guid Ned = Guid.NewGuid();

    [Fact]
    public void While_the_other_reader_is_empty_the_page_waits()
    {
        var view = Look([First, Second], (First, Own));
        (view.GoOn, view.Refusal).ShouldBe((null, null));
        view.Readers.Select(one => (one.Number, one.Use, one.Words)).ShouldBe([(1, ReaderUse.Yours, "In use by you"), (2, ReaderUse.Empty, "Empty")]);
    }

    [Theory]
    [InlineData(First, Second)]
    [InlineData(Second, First)]
    public void Either_reader_may_hold_either_card(string own, string other) => Look([First, Second], (own, Own), (other, Rosa)).GoOn.ShouldBe(Rosa);

    [Fact]
    public void A_computer_without_readers_is_told_so() => Look([]).Refusal?.Code.ShouldBe("READER-NONE");

    [Fact]
    public void One_reader_is_too_few() => Look([First], (First, Own)).Refusal?.Code.ShouldBe("READER-ONE");

    [Fact]
    public void Before_the_readers_are_told_nothing_is_claimed_of_them() => Look(null, (First, Own)).Refusal.ShouldBeNull();

    [Fact]
    public void Another_card_of_the_same_person_is_not_the_one_to_manage() => Look([First, Second], (First, Own), (Second, OwnToo)).Refusal?.Code.ShouldBe("READER-WRONG");

    [Fact]
    public void Two_other_cards_are_a_question()
    {
        var view = Look([First, Second, "Reader 2"], (First, Own), (Second, Rosa), ("Reader 2", Ned));
        (view.GoOn, view.Refusal?.Code).ShouldBe((null, "CARDS-TWO"));
        view.Choices.Select(one => (one.Number, one.SmartcardId)).ShouldBe([(2, Rosa), (3, Ned)]);
    }

    [Fact]
    public void Of_a_card_that_is_known_and_one_that_is_not_the_known_one_is_managed() =>
        Of([First, Second, "Reader 2"], [Shown(First, Own), Strange(Second, Evercard.Lifecycle.Refusals.CardBlank()), Shown("Reader 2", Rosa)]).GoOn.ShouldBe(Rosa);

    [Theory]
    [InlineData("CARD-BLANK")]
    [InlineData("CARD-UNKNOWN")]
    [InlineData("CARD-UNREADABLE")]
    public void What_is_no_card_of_ours_says_what_it_is(string code)
    {
        var refusal = new[] { Evercard.Lifecycle.Refusals.CardBlank(), Evercard.Lifecycle.Refusals.CardUnknown(), Evercard.Lifecycle.Refusals.CardUnreadable() }.Single(one => one.Code == code);
        Of([First, Second], [Shown(First, Own), Strange(Second, refusal)]).Refusal.ShouldBe(refusal);
    }

    [Theory]
    [InlineData(2, "Reading the smartcard", false, null)]
    [InlineData(10, "Reading the smartcard", false, null)]
    [InlineData(11, "Still reading the smartcard…", true, null)]
    [InlineData(30, "Still reading the smartcard…", true, null)]
    [InlineData(31, "Still reading the smartcard…", false, "CARD-SLOW")]
    public void A_card_that_tells_nothing_is_being_read_then_waited_for_in_words_and_after_half_a_minute_too_slow(int seconds, string words, bool isSlow, string? code)
    {
        var view = DeskView.Of([new SeenReader(First, Now), new SeenReader(Second, Now - TimeSpan.FromSeconds(seconds))], [Shown(First, Own)], Own, new HashSet<Guid>(), Now);
        (view.Readers[1].Words, view.IsSlow, view.Refusal?.Code).ShouldBe((words, isSlow, code));
    }

    private static DeskView Look(string[]? readers, params (string Reader, Guid Card)[] cards) => Of(readers, [.. cards.Select(one => Shown(one.Reader, one.Card))]);

    private static DeskView Of(string[]? readers, IReadOnlyList<KeyValuePair<string, SeenCard>> cards) =>
        DeskView.Of(readers?.Select(name => new SeenReader(name, cards.Any(one => one.Key == name) ? Now : null)).ToList(), cards, Own, new HashSet<Guid> { OwnToo }, Now);

    private static KeyValuePair<string, SeenCard> Shown(string reader, Guid card) => new(reader, new SeenCard(1, card, null));

    private static KeyValuePair<string, SeenCard> Strange(string reader, Refusal refusal) => new(reader, new SeenCard(1, null, refusal));
}
