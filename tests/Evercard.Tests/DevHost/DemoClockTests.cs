using Evercard.DevHost.Clock;
using Evercard.Tests.Support;

namespace Evercard.Tests.DevHost;

public sealed class DemoClockTests
{
    private readonly ManualTime real = new();

    [Fact]
    public void It_is_ahead_by_what_it_was_moved_and_goes_on_from_there()
    {
        var clock = new DemoClock(real);
        clock.MoveBy(TimeSpan.FromDays(1));
        real.Advance(TimeSpan.FromMinutes(5));
        clock.MoveBy(TimeSpan.FromHours(-1));
        clock.GetUtcNow().ShouldBe(real.Now + TimeSpan.FromHours(23));
    }

    [Fact]
    public void It_can_be_set_to_a_moment_and_back_to_now()
    {
        var clock = new DemoClock(real);
        clock.MoveTo(real.Now.AddYears(1));
        clock.GetUtcNow().ShouldBe(real.Now.AddYears(1));
        clock.BackToNow();
        clock.GetUtcNow().ShouldBe(real.Now);
    }

    [Fact]
    public void Measured_time_and_timers_stay_real()
    {
        var clock = new DemoClock(real);
        var started = clock.GetTimestamp();
        clock.MoveBy(TimeSpan.FromDays(30));
        clock.GetElapsedTime(started).ShouldBe(TimeSpan.Zero);
    }
}
