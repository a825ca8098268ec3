using System.Security.Cryptography;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.CardSimulator.Storage;
using Evercard.Interop.Support;

namespace Evercard.Interop.Pcsc;

/// <summary>Another card comes into the act: somebody else's in the same reader, or one that says it is the same.</summary>
[Collection(ReadersCollection.Name)]
public sealed class OtherCardTests(VirtualReaders readers)
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public async Task A_card_that_is_swapped_between_two_scripts_gets_nothing_of_the_act(int script, bool isNoticed)
    {
        var intervening = new InterveningReaders(readers.Pcsc);
        await using var desk = await Desk.Open(intervening);
        var (card, id) = await desk.Issue();
        var (others, _) = await desk.Issue();
        using var issued = card;
        using var alsoIssued = others;
        var old = await desk.Serials(id);
        var (keys, objects) = (KeysOf(others), ObjectsOf(others));
        PluggedCard? second = null;
        await using var first = await desk.PlugIn(readers, readers.All[2], card);
        var session = (await desk.LogIn(first.Reader)).ShouldBeDone().SessionId;

        var greetedLater = desk.NextGreeting(first.Reader);
        var sent = new List<byte>();
        intervening.Before(script, () =>
        {
            // Within milliseconds: the smartcard service, which asks twice a second, need not have seen the reader empty.
            others.Transcript = exchange => sent.Add(exchange.Command.Ins);
            first.Pull();
            if (isNoticed)
            {
                readers.Until(first.Reader, one => !one.CardPresent).GetAwaiter().GetResult();
            }

            second = PluggedCard.Begin(readers, readers.All[2], others);
        });
        try
        {
            (await desk.Renew(first.Reader, session)).ShouldBeRefused(isNoticed ? "CARD-REMOVED" : "CARD-UNREADABLE");
            if (isNoticed)
            {
                (await greetedLater).ShouldBeDone();
            }

            others.Image.Passcode.TriesLeft.ShouldBe(3);
            others.Image.Puk.TriesLeft.ShouldBe(3);
            KeysOf(others).ShouldBe(keys);
            ObjectsOf(others).ShouldBe(objects);

            // Looking at a card asks how many tries are left, with an empty VERIFY.
            sent.Except([PivInstruction.Select, PivInstruction.GetData, PivInstruction.Verify]).ShouldBeEmpty();
        }
        finally
        {
            await (second?.DisposeAsync() ?? default);
        }

        await using var again = await desk.PlugIn(readers, readers.All[3], card);
        (await desk.Renew(again.Reader, null)).ShouldBeDone();
        await desk.ShouldBeRenewed(id, again.Reader, old);
    }

    [Fact]
    public async Task A_copy_of_a_cards_data_in_another_reader_is_refused_and_the_real_one_goes_on()
    {
        await using var desk = await Desk.Open(readers.Pcsc);
        var (card, id) = await desk.Issue();
        using var issued = card;
        using var copy = CopyOfData(card);
        var old = await desk.Serials(id);
        await using var copied = await desk.PlugIn(readers, readers.All[3], copy);
        await using var real = await desk.PlugIn(readers, readers.All[2], card);
        var session = (await desk.LogIn(real.Reader)).ShouldBeDone().SessionId;

        // Its keys prove nothing, and only 9B tells such a card from a broken one: a repair asks for that before anything else.
        (await desk.LogIn(copied.Reader)).ShouldBeRefused("REPAIR-NEEDED");
        (await desk.Renew(copied.Reader, session)).ShouldBeRefused("REPAIR-NEEDED");
        (await desk.Renew(copied.Reader, null)).ShouldBeRefused("LOGGED-OUT");
        foreach (var one in new[] { card, copy })
        {
            one.Image.Passcode.TriesLeft.ShouldBe(3);
            one.Image.Puk.TriesLeft.ShouldBe(3);
        }

        (await desk.Renew(real.Reader, session)).ShouldBeDone();
        await desk.ShouldBeRenewed(id, real.Reader, old);
    }

    /// <summary>What anybody can read of a card, on another card: its keys, 9B included, stay where they are.</summary>
    private static SimulatedCard CopyOfData(SimulatedCard card)
    {
        var copy = SimulatedCard.CreateBlank(CardModel.Yubico, administrationKey: RandomNumberGenerator.GetBytes(24));
        foreach (var (tag, value) in card.Image.Objects)
        {
            copy.Image.Objects[tag] = value;
        }

        foreach (var key in card.Image.Keys.Keys)
        {
            copy.Image.Keys[key] = CardKey.Generate(PivAlgorithm.P256);
        }

        // Even the passcode is the same: the copy takes what is typed.
        copy.PowerOn();
        copy.Transmit(PivCommands.Select());
        copy.Transmit(PivCommands.ChangeReferenceData(ReferenceData.Passcode, CardImage.FactoryPasscode, [.. "739154"u8, 0xFF, 0xFF])).Status.IsSuccess.ShouldBeTrue();
        copy.PowerOff();
        return copy;
    }

    private static List<string> KeysOf(SimulatedCard card) => [.. card.Image.Keys.Select(k => $"{k.Key} {Convert.ToHexString(k.Value.SubjectPublicKeyInfo())}").Order(StringComparer.Ordinal)];

    private static List<string> ObjectsOf(SimulatedCard card) => [.. card.Image.Objects.Select(o => $"{o.Key} {Convert.ToHexString(o.Value)}")];
}
