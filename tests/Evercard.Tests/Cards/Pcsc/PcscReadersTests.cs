using Evercard.Cards;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Readers;

namespace Evercard.Tests.Cards.Pcsc;

public sealed class PcscReadersTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly ScriptedLibrary library = new();

    [Fact]
    public void Readers_are_listed_with_their_card_and_event_count()
    {
        using var readers = new PcscReaders(library);
        var reader = readers.List().ShouldHaveSingleItem();
        (reader.Name, reader.CardPresent, reader.EventCount).ShouldBe((ScriptedLibrary.OnlyReader, true, 1));
        library.Calls.ShouldBe(["release"]);
    }

    [Fact]
    public void No_reader_is_an_empty_list()
    {
        library.ReaderIsThere = false;
        using var readers = new PcscReaders(library);
        readers.List().ShouldBeEmpty();
    }

    [Fact]
    public void A_stopped_service_is_told_and_found_again_without_a_restart()
    {
        using var readers = new PcscReaders(library);
        library.ServiceRuns = false;
        Should.Throw<CardConnectionException>(readers.List).Failure.ShouldBe(CardConnectionFailure.ServiceStopped);
        library.ServiceRuns = true;
        readers.List().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_removal_ends_the_wait()
    {
        using var readers = new PcscReaders(library);
        var known = readers.List();
        var waiting = Task.Run(() => readers.WaitForChange(known, Long, default));
        await library.Waiting.Task;
        library.Change(0x0002_0010);
        (await waiting).ShouldHaveSingleItem().CardPresent.ShouldBeFalse();
    }

    [Fact]
    public async Task Another_program_that_connects_does_not_end_the_wait()
    {
        using var readers = new PcscReaders(library);
        var known = readers.List();
        var waiting = Task.Run(() => readers.WaitForChange(known, Long, default));
        await library.Waiting.Task;
        library.Change(0x0001_0120);
        library.Change(0x0003_0020);
        (await waiting).ShouldHaveSingleItem().EventCount.ShouldBe(3);
    }

    [Fact]
    public void A_change_that_came_before_the_wait_is_seen_at_once()
    {
        using var readers = new PcscReaders(library);
        var known = readers.List();
        library.State = 0x0003_0020;
        readers.WaitForChange(known, Long, default).ShouldHaveSingleItem().EventCount.ShouldBe(3);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var readers = new PcscReaders(library);
        using var stop = new CancellationTokenSource();
        var known = readers.List();
        var waiting = Task.Run(() => readers.WaitForChange(known, Long, stop.Token));
        await library.Waiting.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public void A_vanished_service_is_an_empty_list()
    {
        using var readers = new PcscReaders(library);
        var known = readers.List();
        library.ServiceRuns = false;
        readers.WaitForChange(known, Long, default).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wait_without_limit_waits_for_the_change()
    {
        using var readers = new PcscReaders(library);
        var known = readers.List();
        var waiting = Task.Run(() => readers.WaitForChange(known, Timeout.InfiniteTimeSpan, default));
        (await Task.WhenAny(library.Waiting.Task, waiting)).ShouldBe(library.Waiting.Task);
        library.Change(0x0002_0010);
        (await waiting).ShouldHaveSingleItem().CardPresent.ShouldBeFalse();
    }

    [Fact]
    public void A_wait_ends_when_its_time_is_over()
    {
        using var readers = new PcscReaders(library);
        IReadOnlyList<ReaderStatus> known = readers.List();
        readers.WaitForChange(known, TimeSpan.FromMilliseconds(5), default).Count.ShouldBe(1);
    }
}
