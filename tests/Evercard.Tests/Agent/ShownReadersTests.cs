using Evercard.Agent;
using Evercard.Cards.Readers;
using Evercard.Protocol;

namespace Evercard.Tests.Agent;

public sealed class ShownReadersTests
{
    private readonly List<ReadersSeen> sent = [];
    private readonly ShownReaders shown;

    public ShownReadersTests() => shown = new ShownReaders(sent.Add);

    [Fact]
    public void Nothing_is_told_before_the_first_look_or_without_a_link()
    {
        shown.LinkChanged(isUp: true);
        sent.ShouldBeEmpty();
        shown.LinkChanged(isUp: false);
        shown.Look([Reader("Reader 0")]);
        sent.ShouldBeEmpty();
    }

    [Fact]
    public void A_computer_without_a_reader_says_so()
    {
        shown.LinkChanged(isUp: true);
        shown.Look([]);
        sent.Single().Readers.ShouldBeEmpty();
    }

    [Fact]
    public void A_change_is_told_and_what_stays_as_it_was_is_not()
    {
        shown.LinkChanged(isUp: true);
        shown.Look([Reader("Reader 0")]);
        shown.Look([Reader("Reader 0")]);
        shown.Look([Reader("Reader 0", hasCard: true), Reader("Reader 1")]);
        sent.Count.ShouldBe(2);
        sent[1].Readers.ShouldBe([new ReaderSeen("Reader 0", HasCard: true), new ReaderSeen("Reader 1", HasCard: false)]);
    }

    [Fact]
    public void A_new_link_is_told_all_of_them_again()
    {
        shown.Look([Reader("Reader 0")]);
        shown.LinkChanged(isUp: true);
        shown.LinkChanged(isUp: false);
        shown.LinkChanged(isUp: true);
        sent.Count.ShouldBe(2);
    }

    [Fact]
    public void More_readers_than_a_message_holds_are_left_out()
    {
        shown.LinkChanged(isUp: true);
        shown.Look([.. Enumerable.Range(0, 40).Select(i => Reader($"Reader {i}"))]);
        sent.Single().Readers.Count.ShouldBe(ReadersSeen.Most);
    }

    private static ReaderStatus Reader(string name, bool hasCard = false) => new(name, default, hasCard, EventCount: 1);
}
