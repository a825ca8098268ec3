using Evercard.Agent.CardScripts;

namespace Evercard.Tests.Agent;

public class EpochTests
{
    [Fact]
    public void A_lower_epoch_than_the_highest_seen_is_stale()
    {
        var epochs = new Epochs();
        epochs.Accepts("act-1", 1).ShouldBeTrue();
        epochs.Accepts("act-1", 3).ShouldBeTrue();
        epochs.Accepts("act-1", 3).ShouldBeTrue();
        epochs.Accepts("act-1", 2).ShouldBeFalse();
        epochs.Accepts("act-2", 0).ShouldBeTrue();
    }
}
