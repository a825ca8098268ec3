using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Timing;

namespace Evercard.Tests.CardSimulator;

public sealed class TimingTests
{
    private static readonly CardWork[] RsaKey = [new(WorkKind.GenerateKey, PivAlgorithm.Rsa2048)];

    [Theory]
    [InlineData(CardSpeed.Jcop4, 4.0, 6.0)]
    [InlineData(CardSpeed.Current, 4.4, 6.6)]
    public void RSA_keys_take_as_long_on_average_as_was_measured(CardSpeed speed, double from, double to)
    {
        var timing = new CardTiming(speed, UniformDraws.Seeded(1));
        Enumerable.Range(0, 2_000).Average(_ => timing.Of(RsaKey, 0, 0).TotalSeconds).ShouldBeInRange(from, to);
    }

    [Fact]
    public void The_slowest_twentieth_of_RSA_keys_on_current_cards_takes_about_16_seconds()
    {
        var timing = new CardTiming(CardSpeed.Current, UniformDraws.Seeded(2));
        var sorted = Enumerable.Range(0, 2_000).Select(_ => timing.Of(RsaKey, 0, 0).TotalSeconds).Order().ToList();
        sorted[1_900].ShouldBeInRange(13, 19);
    }

    [Fact]
    public void The_median_RSA_key_on_an_old_card_takes_about_13_seconds()
    {
        var timing = new CardTiming(CardSpeed.Old, UniformDraws.Seeded(3));
        var sorted = Enumerable.Range(0, 2_000).Select(_ => timing.Of(RsaKey, 0, 0).TotalSeconds).Order().ToList();
        sorted[1_000].ShouldBeInRange(12, 15);
        sorted[^1].ShouldBeLessThan(70);
    }

    [Fact]
    public void The_same_seed_gives_the_same_times()
    {
        TimeSpan[] Draw() => [.. Enumerable.Repeat(new CardTiming(CardSpeed.Old, UniformDraws.Seeded(7)), 5).Select(t => t.Of(RsaKey, 0, 0))];
        Draw().ShouldBe(Draw());
    }

    [Theory]
    [InlineData(CardSpeed.Jcop4, 26, 40)]
    [InlineData(CardSpeed.Old, 150, 500)]
    [InlineData(CardSpeed.Instant, 0, 0)]
    public void A_P256_key_and_its_line_take_their_time(CardSpeed speed, double from, double to) =>
        new CardTiming(speed).Of([new(WorkKind.GenerateKey, PivAlgorithm.P256)], 11, 72).TotalMilliseconds.ShouldBeInRange(from, to);

    [Theory]
    [InlineData(CardSpeed.Current, 0.1, 0.3)]
    [InlineData(CardSpeed.Old, 1.8, 2.3)]
    public void Writing_a_certificate_takes_as_long_as_was_calculated(CardSpeed speed, double from, double to)
    {
        var timing = new CardTiming(speed);
        var links = Enumerable.Repeat(timing.Of([], 260, 2), 5);
        var total = links.Aggregate(timing.Of([new(WorkKind.WriteObject, Bytes: 1_500)], 240, 2), (sum, one) => sum + one);
        total.TotalSeconds.ShouldBeInRange(from, to);
    }

    [Fact]
    public void A_card_waits_for_what_its_own_computing_has_not_used()
    {
        var waited = TimeSpan.Zero;
        var model = new CardModel { Speed = CardSpeed.Old };
        using var card = SimulatedCard.CreateBlank(model, parts: new CardParts { Delay = time => waited += time });
        card.PowerOn();
        card.Transmit(PivCommands.Select());
        waited.TotalMilliseconds.ShouldBeInRange(20, 150);
    }
}
