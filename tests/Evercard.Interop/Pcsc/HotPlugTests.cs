using Evercard.CardSimulator;
using Evercard.Interop.Support;

namespace Evercard.Interop.Pcsc;

[Collection(ReadersCollection.Name)]
public sealed class HotPlugTests(VirtualReaders readers)
{
    [Fact]
    public async Task Cards_that_come_and_go_are_seen_and_counted()
    {
        var reader = readers.All[2];
        using var card = SimulatedCard.CreateBlank(CardModel.Yubico);
        var empty = await readers.Until(reader.Name, one => !one.CardPresent);
        await using (await PluggedCard.Into(readers, reader, card))
        {
            var there = readers.Pcsc.List().Single(one => one.Name == reader.Name);
            there.CardPresent.ShouldBeTrue();
            there.Atr.ToArray().ShouldBe(card.Atr.ToArray());
            there.EventCount.ShouldBeGreaterThan(empty.EventCount);
        }

        var gone = await readers.Until(reader.Name, one => !one.CardPresent);
        gone.Atr.IsEmpty.ShouldBeTrue();
        gone.EventCount.ShouldBeGreaterThan(empty.EventCount + 1);
    }

    [Fact]
    public async Task The_agent_greets_a_card_that_is_put_in_and_tells_that_it_left()
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, _) = await desk.Issue();
        using var issued = card;
        var left = new TaskCompletionSource<string>();
        desk.Agent.CardLeft = reader => left.TrySetResult(reader);
        await using (var plugged = await PluggedCard.Into(readers, readers.All[3], card))
        {
            plugged.Pull();
            (await left.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(plugged.Reader);
        }

        var greeted = desk.NextGreeting(readers.All[2].Name);
        await using (await PluggedCard.Into(readers, readers.All[2], card))
        {
            (await greeted).ShouldBeDone().HolderName.ShouldBe("Wren Holloway");
        }
    }
}
