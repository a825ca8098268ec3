using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Registry;

public sealed class RaceTests : IAsyncLifetime
{
    private readonly RegistryFile _file = new();
    private readonly Operation _operation = Some.Operation();

    public Task InitializeAsync() => _file.Write(registry =>
    {
        Some.Cardholder(registry);
        registry.Add(_operation);
        registry.Add(Some.Step(_operation.Id));
        registry.Add(Some.Credential(0x9A, "01"));
        registry.Add(Some.Notification());
    });

    public Task DisposeAsync()
    {
        _file.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public Task The_second_to_take_an_operation_over_loses() => Race(r => r.Operations.Single().Epoch++);

    [Fact]
    public Task The_second_to_close_an_operation_loses() => Race(r => r.Operations.Single().State = OperationState.Completed);

    [Fact]
    public Task A_node_with_an_old_epoch_cannot_even_touch_the_operation() =>
        Race(first => first.Operations.Single().Epoch++, second => second.Operations.Single().TouchedAt = Some.Now.AddMinutes(1));

    [Fact]
    public Task The_second_to_move_a_step_on_loses() => Race(r => r.OperationSteps.Single().State = StepState.Staged);

    [Fact]
    public Task The_second_to_cancel_a_smartcard_loses() => Race(r => r.Smartcards.Single().Status = SmartcardStatus.Cancelled);

    [Fact]
    public Task The_second_to_revoke_a_credential_loses() => Race(r => r.Credentials.Single().Status = CredentialStatus.Revoked);

    [Fact]
    public Task The_second_to_take_a_notification_loses() => Race(r => r.Notifications.Single().Tries++);

    [Fact]
    public Task The_second_to_raise_an_alarm_loses() => Race(r => r.Notifications.Single().AlarmRaisedAt = Some.Now);

    [Fact]
    public async Task Two_writers_at_once_leave_a_trail_without_a_gap()
    {
        const int each = 20;
        await Task.WhenAll(Writer("A"), Writer("B"));

        var trail = _file.Trail();
        trail.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 1 + (2 * each)).Select(n => (long)n));
        AuditChain.Verify(trail).ShouldBeOfType<AuditFinding.Whole>();

        Task Writer(string kind) => Task.Run(async () =>
        {
            for (var n = 0; n < each; n++)
            {
                await _file.Write(_ => { }, kind);
            }
        });
    }

    private Task Race(Action<Evercard.Registry.RegistryContext> change) => Race(change, change);

    /// <summary>The second reads before the first has committed, and writes afterwards.</summary>
    private async Task Race(Action<Evercard.Registry.RegistryContext> first, Action<Evercard.Registry.RegistryContext> second)
    {
        await using var connection = _file.Connect();
        await using var loser = Evercard.Registry.RegistryContext.Over(connection, _file.Time);
        second(loser);

        await _file.Write(first);

        await using var transaction = await loser.Database.UseTransactionAsync(TestDatabase.BeginWriting(connection));
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => loser.Save(new AuditEvent { Kind = "Late" }, CancellationToken.None));
        await transaction!.RollbackAsync();
        _file.Trail().ShouldNotContain(e => e.Kind == "Late");
    }
}
