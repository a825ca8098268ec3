using Evercard.Interop.Support;

namespace Evercard.Interop.Pcsc;

[Collection(ReadersCollection.Name)]
public sealed class ServiceRestartTests(VirtualReaders readers)
{
    [Fact]
    public async Task The_agent_carries_on_after_the_smartcard_service_was_restarted()
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, _) = await desk.Issue();
        using var issued = card;
        await using var plugged = await desk.PlugIn(readers, readers.All[2], card);
        (await desk.LogIn(plugged.Reader)).ShouldBeDone();

        var greeted = desk.NextGreeting(plugged.Reader);
        await VirtualReaders.Restart();
        (await greeted).ShouldBeDone();
        var session = (await desk.LogIn(plugged.Reader)).ShouldBeDone().SessionId;
        (await desk.Renew(plugged.Reader, session)).ShouldBeDone();
    }
}
