using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;

namespace Evercard.Tests.CardSimulator;

public sealed class SimulatedReadersTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly SimulatedReaders _readers = new("one", "two");
    private readonly SimulatedCard _card = SimulatedCard.CreateBlank(new CardModel());

    [Fact]
    public void Readers_are_listed_in_their_order_and_count_their_events()
    {
        _readers.List().Select(r => (r.Name, r.CardPresent, r.EventCount)).ShouldBe([("one", false, 0), ("two", false, 0)]);
        _readers.Insert("two", _card);
        _readers.List()[1].Atr.ToArray().ShouldBe(_card.Atr.ToArray());
        _readers.Remove("two");
        _readers.List()[1].EventCount.ShouldBe(2);
    }

    [Fact]
    public async Task Waiting_ends_when_a_card_comes_or_a_reader_goes()
    {
        var known = _readers.List();
        var waiting = Task.Run(() => _readers.WaitForChange(known, Long, CancellationToken.None));
        _readers.Insert("one", _card);
        known = await waiting;
        known[0].CardPresent.ShouldBeTrue();
        waiting = Task.Run(() => _readers.WaitForChange(known, Long, CancellationToken.None));
        _readers.Unplug("one");
        (await waiting).Select(r => r.Name).ShouldBe(["two"]);
    }

    [Fact]
    public async Task Waiting_is_cancelled_and_ends_with_the_service()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Task.Run(() => _readers.WaitForChange(_readers.List(), Long, cancellation.Token));
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);

        waiting = Task.Run(() => _readers.WaitForChange(_readers.List(), Long, CancellationToken.None));
        _readers.StopService();
        try
        {
            (await waiting).ShouldBeEmpty();
        }
        catch (CardConnectionException e)
        {
            e.Failure.ShouldBe(CardConnectionFailure.ServiceStopped); // stopped before the list was asked for
        }

        Failure(() => _readers.List()).ShouldBe(CardConnectionFailure.ServiceStopped);
        _readers.StartService();
        _readers.List().Count.ShouldBe(2);
    }

    [Fact]
    public void A_reader_that_comes_back_goes_on_counting()
    {
        var before = _readers.List()[1].EventCount;
        _readers.Unplug("two");
        _readers.AddReader("two");
        _readers.List()[1].EventCount.ShouldBeGreaterThan(before);
    }

    [Fact]
    public void Connecting_needs_a_reader_a_card_and_nobody_else()
    {
        Failure(() => _readers.Connect("three")).ShouldBe(CardConnectionFailure.ReaderGone);
        Failure(() => _readers.Connect("one")).ShouldBe(CardConnectionFailure.Removed);
        _readers.Insert("one", _card);
        using (_readers.HoldExclusively("one"))
        {
            Failure(() => _readers.Connect("one")).ShouldBe(CardConnectionFailure.Busy);
        }

        _readers.Connect("one").Dispose();
    }

    [Fact]
    public void A_connection_dies_with_its_card_or_reader_and_does_not_see_the_next_card()
    {
        _readers.Insert("one", _card);
        using var connection = _readers.Connect("one");
        _readers.Remove("one");
        Failure(() => connection.Transmit(PivCommands.Select())).ShouldBe(CardConnectionFailure.Removed);
        _readers.Insert("one", _card);
        Failure(() => connection.Transmit(PivCommands.Select())).ShouldBe(CardConnectionFailure.Removed);
        using var next = _readers.Connect("one");
        _readers.Unplug("one");
        Failure(() => next.Transmit(PivCommands.Select())).ShouldBe(CardConnectionFailure.ReaderGone);
    }

    [Fact]
    public void Two_connections_share_the_card_and_see_each_others_resets()
    {
        _readers.Insert("one", _card);
        using var first = _readers.Connect("one");
        using var second = _readers.Connect("one");
        first.Transmit(PivCommands.Select()).Status.ShouldBe(StatusWord.Success);
        second.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.WithTriesLeft(3));
        second.Reset();
        Failure(() => first.Transmit(PivCommands.VerifyStatus())).ShouldBe(CardConnectionFailure.ResetByOther);
        first.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        second.Transmit(PivCommands.Select()).Status.ShouldBe(StatusWord.Success);
    }

    [Fact]
    public void Letting_go_of_the_card_leaves_no_security_status_to_others()
    {
        _readers.Insert("one", _card);
        using var other = _readers.Connect("one");
        var connection = _readers.Connect("one");
        connection.Transmit(PivCommands.Select());
        connection.Dispose();
        Failure(() => other.Transmit(PivCommands.VerifyStatus())).ShouldBe(CardConnectionFailure.ResetByOther);
        other.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public async Task A_transaction_keeps_others_waiting()
    {
        _readers.Insert("one", _card);
        using var first = _readers.Connect("one");
        using var second = _readers.Connect("one");
        first.Transmit(PivCommands.Select());
        Task<ResponseApdu> other;
        using (first.BeginTransaction())
        {
            other = Task.Run(() => second.Transmit(PivCommands.Verify("99999999"u8)));
            first.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.WithTriesLeft(3));
            _card.ApdusSeen.ShouldBe(2);
        }

        (await other).Status.ShouldBe(StatusWord.WithTriesLeft(2));
    }

    [Fact]
    public async Task Pulling_the_card_ends_a_long_command_but_not_its_effect()
    {
        using var slow = SimulatedCard.CreateBlank(new CardModel { Speed = CardSpeed.Old });
        _readers.Insert("two", slow);
        using var connection = _readers.Connect("two");
        connection.Transmit(PivCommands.Select());
        var command = Task.Run(() => connection.Transmit(PivCommands.Verify("99999999"u8)));
        SpinWait.SpinUntil(() => slow.Image.Passcode.TriesLeft == 2, Long).ShouldBeTrue();
        _readers.Remove("two");
        (await Should.ThrowAsync<CardConnectionException>(command)).Failure.ShouldBe(CardConnectionFailure.Removed);
    }

    public void Dispose()
    {
        _readers.Dispose();
        _card.Dispose();
    }

    private static CardConnectionFailure Failure(Func<object> act) => Should.Throw<CardConnectionException>(() => act()).Failure;
}
