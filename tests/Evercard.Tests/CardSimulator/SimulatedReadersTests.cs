using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.CardSimulator.Storage;

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
        var waiting = Blocked.In(() => _readers.WaitForChange(known, Long, CancellationToken.None));
        _readers.Insert("one", _card);
        known = await waiting;
        known[0].CardPresent.ShouldBeTrue();
        waiting = Blocked.In(() => _readers.WaitForChange(known, Timeout.InfiniteTimeSpan, CancellationToken.None));
        _readers.Unplug("one");
        (await waiting).Select(r => r.Name).ShouldBe(["two"]);
    }

    [Fact]
    public async Task Waiting_is_cancelled_and_ends_with_the_service()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Blocked.In(() => _readers.WaitForChange(_readers.List(), Long, cancellation.Token));
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);

        waiting = Blocked.In(() => _readers.WaitForChange(_readers.List(), Long, CancellationToken.None));
        _readers.StopService();
        (await waiting).ShouldBeEmpty();
        Failure(() => _readers.List()).ShouldBe(CardConnectionFailure.ServiceStopped);

        waiting = Blocked.In(() => _readers.WaitForChange([], Long, CancellationToken.None));
        _readers.StartService();
        (await waiting).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Waiting_ends_with_the_readers()
    {
        var waiting = Blocked.In(() => _readers.WaitForChange(_readers.List(), Timeout.InfiniteTimeSpan, CancellationToken.None));
        _readers.Dispose();
        (await waiting).Count.ShouldBe(2);
    }

    [Fact]
    public void A_stopped_service_takes_the_power_from_the_cards_and_with_it_every_proof()
    {
        _readers.Insert("one", _card);
        using var before = _readers.Connect("one");
        before.Transmit(PivCommands.Select());
        before.Transmit(PivCommands.Verify(CardImage.FactoryPasscode)).Status.ShouldBe(StatusWord.Success);
        before.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.Success);

        _readers.StopService();
        _card.HasPower.ShouldBeFalse();
        Failure(() => before.Transmit(PivCommands.VerifyStatus())).ShouldBe(CardConnectionFailure.ServiceStopped);
        Failure(() => before.BeginTransaction()).ShouldBe(CardConnectionFailure.ServiceStopped);
        Failure(() => _readers.Connect("one")).ShouldBe(CardConnectionFailure.ServiceStopped);

        _readers.StartService();
        Failure(() => before.Transmit(PivCommands.VerifyStatus())).ShouldBe(CardConnectionFailure.ServiceStopped);
        using var after = _readers.Connect("one");
        after.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
        after.Transmit(PivCommands.Select());
        after.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.WithTriesLeft(3));
        after.Transmit(PivCommands.GenerateKeyPair(KeyReference.Signature, PivAlgorithm.P256)).Status.ShouldBe(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public void A_card_put_in_while_the_service_is_stopped_gets_power_when_it_starts()
    {
        _readers.StopService();
        _readers.Insert("one", _card);
        _card.HasPower.ShouldBeFalse();
        _readers.StartService();
        _readers.Connect("one").Dispose();
        _card.HasPower.ShouldBeTrue();
    }

    [Fact]
    public void A_transaction_ends_with_the_service()
    {
        _readers.Insert("one", _card);
        using var before = _readers.Connect("one");
        using var held = before.BeginTransaction();
        _readers.StopService();
        _readers.StartService();
        using var after = _readers.Connect("one");
        after.Transmit(PivCommands.Select()).Status.ShouldBe(StatusWord.Success);
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
            other = Blocked.In(() => second.Transmit(PivCommands.Verify("99999999"u8)));
            first.Transmit(PivCommands.VerifyStatus()).Status.ShouldBe(StatusWord.WithTriesLeft(3));
            _card.ApdusSeen.ShouldBe(2);
        }

        (await other).Status.ShouldBe(StatusWord.WithTriesLeft(2));
    }

    [Fact]
    public async Task A_command_under_way_keeps_a_transaction_of_another_waiting()
    {
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var parts = new CardParts
        {
            Delay = _ =>
            {
                inside.Set();
                goOn.Wait(Long);
            },
        };
        using var slow = SimulatedCard.CreateBlank(new CardModel { Speed = CardSpeed.Old }, parts: parts);
        _readers.Insert("one", slow);
        using var first = _readers.Connect("one");
        using var second = _readers.Connect("one");
        var command = Task.Run(() => first.Transmit(PivCommands.Select()));
        inside.Wait(Long).ShouldBeTrue();
        var commandDone = false;
        var transaction = Blocked.In(() =>
        {
            using var held = second.BeginTransaction();
            return Volatile.Read(ref commandDone);
        });
        Volatile.Write(ref commandDone, true);
        goOn.Set();
        (await command).Status.ShouldBe(StatusWord.Success);
        (await transaction).ShouldBeTrue("it began before the command had ended");
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
