using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Tests.Lifecycle.ManageSmartcard;

public sealed class ManagedCardStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly LifecycleOptions Options = new();

    [Theory]
    [InlineData(214, false, null, ManagedCardState.Valid)]
    [InlineData(91, false, null, ManagedCardState.Valid)]
    [InlineData(90, false, null, ManagedCardState.Due)]
    [InlineData(0, false, null, ManagedCardState.Due)]
    [InlineData(-1, false, null, ManagedCardState.Expired)]
    [InlineData(null, false, null, ManagedCardState.Expired)]
    [InlineData(30, true, null, ManagedCardState.Locked)]
    [InlineData(-12, true, null, ManagedCardState.LockedAndExpired)]
    [InlineData(40, false, Act.Renewal, ManagedCardState.RenewalUnfinished)]
    [InlineData(40, true, Act.Renewal, ManagedCardState.Locked)]
    [InlineData(-3, false, Act.Renewal, ManagedCardState.RenewalUnfinished)]
    [InlineData(-20, false, Act.Renewal, ManagedCardState.Expired)]
    [InlineData(-12, false, Act.Repair, ManagedCardState.RepairUnfinished)]
    [InlineData(-12, true, Act.Repair, ManagedCardState.RepairUnfinished)]
    [InlineData(40, false, Act.Issuance, ManagedCardState.NeverFinished)]
    public void The_state_follows_from_what_is_known(int? daysLeft, bool isLocked, Act? begun, ManagedCardState state) =>
        Of(SmartcardStatus.InUse, daysLeft, isLocked, begun).ShouldBe(state);

    [Theory]
    [InlineData(40, false, null)]
    [InlineData(-12, true, Act.Repair)]
    public void A_cancelled_card_is_that_and_nothing_else(int daysLeft, bool isLocked, Act? begun) =>
        Of(SmartcardStatus.Cancelled, daysLeft, isLocked, begun).ShouldBe(ManagedCardState.Cancelled);

    private static ManagedCardState Of(SmartcardStatus status, int? daysLeft, bool isLocked, Act? begun)
    {
        DateTimeOffset? end = daysLeft is { } days ? Expiry.EndOfDay(Expiry.LocalDate(Now, Options.TimeZone).AddDays(days), Options.TimeZone) : null;
        var operation = begun is { } act
            ? new Operation
            {
                Id = Guid.NewGuid(), Reference = "EV-7K4Q-92", Act = act, SmartcardId = Guid.NewGuid(), PersonUuid = "999000000005", AgentId = "a", ComputerName = "WARD4-PC2",
                NotAfter = Now.AddYears(2), OpenedAt = Now, FinishBy = (end ?? Now).AddDays(14), TouchedAt = Now,
            }
            : null;
        return ManagedCardStates.Of(new ManagedCardFacts(status, end, isLocked, operation, Now), Options);
    }
}
