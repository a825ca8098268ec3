using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;

namespace Evercard.Tests.Cards.Pcsc;

public sealed class PcscConnectionTests
{
    private static readonly CommandApdu Verify = PivCommands.VerifyStatus();

    [Fact]
    public void A_free_card_is_held_exclusively_and_needs_no_transaction()
    {
        var library = new ScriptedLibrary();
        using (var card = Connect(library))
        {
            card.BeginTransaction().Dispose();
            card.Atr.ToArray().ShouldBe([0x3B, 0x00]);
        }

        library.Calls.ShouldBe(["connect Exclusive", "disconnect ResetCard", "release"]);
    }

    [Fact]
    public void A_card_that_others_use_is_shared_and_kept_by_transactions()
    {
        var library = new ScriptedLibrary { Shared = true };
        using (var card = Connect(library))
        {
            var transaction = card.BeginTransaction();
            transaction.Dispose();
            transaction.Dispose();
        }

        library.Calls.ShouldBe(["connect Exclusive", "connect Shared", "begin", "end", "disconnect ResetCard", "release"]);
    }

    [Fact]
    public void A_card_that_another_program_holds_is_busy()
    {
        var library = new ScriptedLibrary { HeldExclusivelyByOther = true };
        Failing(() => Connect(library)).ShouldBe(CardConnectionFailure.Busy);
        library.Calls.ShouldBe(["connect Exclusive", "connect Shared", "release"]);
    }

    [Fact]
    public void A_missing_card_is_told() => Failing(() => Connect(new ScriptedLibrary { State = 0x0002_0010 })).ShouldBe(CardConnectionFailure.Removed);

    [Theory]
    [InlineData(0x80100069, CardConnectionFailure.Removed)]
    [InlineData(0x80100017, CardConnectionFailure.ReaderGone)]
    [InlineData(0x80100009, CardConnectionFailure.ReaderGone)]
    [InlineData(0x8010001D, CardConnectionFailure.ServiceStopped)]
    [InlineData(0x8010001E, CardConnectionFailure.ServiceStopped)]
    [InlineData(0x8010000B, CardConnectionFailure.Busy)]
    [InlineData(0x8010000F, CardConnectionFailure.Unresponsive)]
    public void Each_return_code_tells_what_failed(uint code, CardConnectionFailure failure)
    {
        var library = new ScriptedLibrary();
        library.Answers.Enqueue(((PcscCode)code, ""));
        using var card = Connect(library);
        Failing(() => card.Transmit(Verify)).ShouldBe(failure);
    }

    [Fact]
    public void A_reset_by_another_program_is_told_once()
    {
        var library = new ScriptedLibrary { Shared = true };
        library.Answers.Enqueue((PcscCode.ResetCard, ""));
        library.Answers.Enqueue((PcscCode.Success, "90 00"));
        using var card = Connect(library);
        Failing(() => card.Transmit(Verify)).ShouldBe(CardConnectionFailure.ResetByOther);
        library.Calls.ShouldContain("reconnect Shared LeaveCard");
        card.Transmit(Verify).Status.ShouldBe(StatusWord.Success);
    }

    [Fact]
    public async Task A_card_pulled_in_the_middle_of_a_command_is_removed_not_broken()
    {
        var library = new ScriptedLibrary();
        library.Answers.Enqueue((PcscCode.NotTransacted, ""));
        using var card = Connect(library);
        var failing = Task.Run(() => Failing(() => card.Transmit(Verify)));
        await library.Waiting.Task;
        library.Change(0x0002_0010);
        (await failing).ShouldBe(CardConnectionFailure.Removed);
    }

    [Fact]
    public void A_card_that_was_swapped_for_another_is_removed_not_broken()
    {
        var library = new ScriptedLibrary { State = 0x0001_0020 };
        library.Answers.Enqueue((PcscCode.NotTransacted, ""));
        using var card = Connect(library);
        library.State = 0x0003_0020;
        Failing(() => card.Transmit(Verify)).ShouldBe(CardConnectionFailure.Removed);
    }

    [Fact]
    public void A_reader_pulled_with_its_card_is_gone()
    {
        var library = new ScriptedLibrary();
        library.Answers.Enqueue((PcscCode.Success, ""));
        using var card = Connect(library);
        (library.ReaderIsThere, library.State) = (false, 0x000C);
        Failing(() => card.Transmit(Verify)).ShouldBe(CardConnectionFailure.ReaderGone);
    }

    [Fact]
    public void A_card_that_asks_for_the_exact_length_is_asked_again()
    {
        var library = new ScriptedLibrary();
        library.Answers.Enqueue((PcscCode.Success, "6C 03"));
        library.Answers.Enqueue((PcscCode.Success, "05 07 01 90 00"));
        using var card = Connect(library);
        Hex.Of(card.Transmit(PivCommands.GetVersion()).ToBytes()).ShouldBe("05 07 01 90 00");
        library.Calls.ShouldContain("00 FD 00 00 03");
    }

    [Theory]
    [InlineData("00 20 00 80", "00 20 00 80 00")]
    [InlineData("00 FD 00 00 00", "00 FD 00 00 00")]
    [InlineData("00 87 03 9B 04 7C 02 80 00 00", "00 87 03 9B 04 7C 02 80 00")]
    [InlineData("00 DB 3F FF 01 AA", "00 DB 3F FF 01 AA")]
    public void In_T0_a_command_has_data_or_an_expected_length(string command, string wire)
    {
        var library = new ScriptedLibrary { Protocol = PcscProtocol.T0 };
        library.Answers.Enqueue((PcscCode.Success, "90 00"));
        using var card = Connect(library);
        CommandApdu.TryParse(Hex.Bytes(command), out var apdu).ShouldBeTrue();
        card.Transmit(apdu);
        library.Calls[^1].ShouldBe(wire);
    }

    private static PcscConnection Connect(ScriptedLibrary library) =>
        PcscConnection.Open(PcscContext.Establish(library), ScriptedLibrary.OnlyReader);

    private static CardConnectionFailure Failing(Func<object> act) => Should.Throw<CardConnectionException>(() => { act(); }).Failure;
}
