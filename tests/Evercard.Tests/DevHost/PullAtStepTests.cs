using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.Faults;

namespace Evercard.Tests.DevHost;

public sealed class PullAtStepTests : IDisposable
{
    private const string Reader = "Reader";
    private readonly SimulatedReaders readers = new(Reader);
    private readonly SimulatedCard card = SimulatedCard.CreateBlank(CardModel.Yubico);
    private readonly PullAtStep pull;

    public PullAtStepTests()
    {
        readers.Insert(Reader, card);
        pull = new PullAtStep(readers);
    }

    [Theory]
    [InlineData(8, "6 7 8", "6 7")]
    [InlineData(10, "6 7 8 9 10", "6 7 8 9")]
    [InlineData(12, "6 7 8 9 10 7", "6 7 8 9 10")]
    [InlineData(13, "6 7 8 9 10 7 8 9 10 13", "6 7 8 9 10 7 8 9 10")]
    public void The_card_leaves_at_the_step_and_not_before(int step, string until, string before)
    {
        pull.Step = step;
        Tell(before);
        readers.CardIn(Reader).ShouldBe(card);
        Tell(until);
        readers.CardIn(Reader).ShouldBeNull();
    }

    [Fact]
    public void It_pulls_once()
    {
        pull.Step = 8;
        Tell("6 7 8");
        readers.Insert(Reader, card);
        Tell("6 7 8");
        readers.CardIn(Reader).ShouldBe(card);
        pull.Step.ShouldBeNull();
    }

    public void Dispose()
    {
        readers.Dispose();
        card.Dispose();
    }

    private void Tell(string steps) => Array.ForEach(steps.Split(' '), step => pull.Told(Reader, int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)));
}
