using Evercard.Cards.Piv;
using Evercard.Interop.Support;

namespace Evercard.Interop.Pcsc;

/// <summary>The computer's smartcard service is killed under a renewal, and every reader with it.</summary>
[Collection(ReadersCollection.Name)]
public sealed class DyingReaderTests(VirtualReaders readers)
{
    [Theory]
    [InlineData(PivInstruction.GenerateAsymmetricKeyPair)]
    [InlineData(PivInstruction.PutData)]
    public async Task A_renewal_whose_reader_dies_says_so_and_is_finished_when_the_reader_is_back(byte under)
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, id) = await desk.Issue();
        using var issued = card;
        var old = await desk.Serials(id);
        await using var plugged = await desk.PlugIn(readers, readers.All[2], card);
        var session = (await desk.LogIn(plugged.Reader)).ShouldBeDone().SessionId;

        Task back = Task.CompletedTask;
        card.Transcript = exchange =>
        {
            if (exchange.Command.Ins == under)
            {
                card.Transcript = null;
                back = VirtualReaders.Kill();

                // The answer never leaves the card: the service is dead before it is given.
                SpinWait.SpinUntil(() => !ReadersThere(), TimeSpan.FromSeconds(20)).ShouldBeTrue();
            }
        };
        var told = (await desk.Renew(plugged.Reader, session)).ShouldBeRefused("READER-UNPLUGGED");
        told.Title.ShouldContain("Your card is safe.");
        told.NextStep.ShouldContain("enter the passcode again");

        await back;
        await readers.Until(plugged.Reader, one => one.CardPresent);
        (await desk.Renew(plugged.Reader, null)).ShouldBeDone();
        card.Image.Passcode.TriesLeft.ShouldBe(3);
        await desk.ShouldBeRenewed(id, plugged.Reader, old);
    }

    private bool ReadersThere()
    {
        try
        {
            return readers.Pcsc.List().Count > 0;
        }
        catch (Cards.CardConnectionException)
        {
            return false;
        }
    }
}
