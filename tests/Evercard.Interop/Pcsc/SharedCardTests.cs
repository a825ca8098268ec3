using Evercard.Cards;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Interop.Support;

namespace Evercard.Interop.Pcsc;

/// <summary>Other programs use the same card at the same time.</summary>
[Collection(ReadersCollection.Name)]
public sealed class SharedCardTests(VirtualReaders readers)
{
    [Fact]
    public async Task A_card_that_another_program_lets_go_of_is_logged_in()
    {
        var telling = new TellingReaders(readers.Pcsc);
        await using var desk = await Desk.Open(telling);
        var (card, _) = await desk.Issue();
        using var issued = card;
        await using var plugged = await desk.PlugIn(readers, readers.All[2], card);

        var found = telling.NextBusy();
        using var other = readers.Pcsc.Connect(plugged.Reader);
        var logIn = desk.LogIn(plugged.Reader);
        await found;
        logIn.IsCompleted.ShouldBeFalse();
        other.Dispose();
        (await logIn).ShouldBeDone();
    }

    [Fact]
    public async Task A_card_that_another_program_keeps_is_refused_and_no_try_is_used()
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, _) = await desk.Issue();
        using var issued = card;
        await using var plugged = await desk.PlugIn(readers, readers.All[2], card);

        using (readers.Pcsc.Connect(plugged.Reader))
        {
            (await desk.LogIn(plugged.Reader)).ShouldBeRefused("CARD-BUSY");
        }

        card.Image.Passcode.TriesLeft.ShouldBe(3);
        (await desk.LogIn(plugged.Reader)).ShouldBeDone();
    }

    [Fact]
    public async Task A_program_that_sits_on_the_card_and_does_nothing_does_not_stop_a_renewal()
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, _) = await desk.Issue();
        using var issued = card;
        await using var plugged = await desk.PlugIn(readers, readers.All[2], card);

        // It has selected the application, and waits for a passcode to be typed.
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        card.Transcript = exchange =>
        {
            if (exchange.Command.Ins == PivInstruction.Select)
            {
                connected.TrySetResult();
            }
        };
        using var idle = Witness.Start("yubico-piv-tool", ["-r", plugged.Reader, "--stdin-input", "-a", "verify-pin"]);
        await connected.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var session = (await desk.LogIn(plugged.Reader)).ShouldBeDone().SessionId;
        (await desk.Renew(plugged.Reader, session)).ShouldBeDone();
        idle.HasEnded.ShouldBeFalse();
        await idle.Say(SampleWard.Passcode + "\n");
        (await idle.Ended()).ShouldSucceed();
    }

    [Fact]
    public async Task A_card_that_another_program_resets_between_two_scripts_is_told_busy_and_finished_on_the_next_try()
    {
        var intervening = new InterveningReaders(readers.Pcsc);
        await using var desk = await Desk.Open(intervening);
        var (card, id) = await desk.Issue();
        using var issued = card;
        var old = await desk.Serials(id);
        await using var plugged = await desk.PlugIn(readers, readers.All[2], card);
        var session = (await desk.LogIn(plugged.Reader)).ShouldBeDone().SessionId;

        using (var other = readers.Pcsc.Connect(plugged.Reader, CardAccess.ToLook))
        {
            // Between the new signature key and its certificate.
            intervening.Before(3, other.Reset);
            (await desk.Renew(plugged.Reader, session)).ShouldBeRefused("CARD-BUSY").NextStep.ShouldContain("Your card is safe.");
            card.Image.Passcode.TriesLeft.ShouldBe(3);
            (await desk.Renew(plugged.Reader, null)).ShouldBeDone();
        }

        await desk.ShouldBeRenewed(id, plugged.Reader, old);
    }
}
