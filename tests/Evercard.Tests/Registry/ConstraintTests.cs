using Evercard.Registry;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Registry;

public sealed class ConstraintTests : IAsyncLifetime
{
    private readonly RegistryFile _file = new();

    public Task InitializeAsync() => _file.Write(Some.Cardholder);

    public Task DisposeAsync()
    {
        _file.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(OperationState.Open, OperationState.Open)]
    [InlineData(OperationState.Open, OperationState.Waiting)]
    [InlineData(OperationState.Waiting, OperationState.Open)]
    public async Task A_smartcard_has_one_unfinished_operation(OperationState first, OperationState second)
    {
        await Add(Some.Operation(), o => o.State = first);

        await Refused(Some.Operation(), o => o.State = second);
    }

    [Theory]
    [InlineData(OperationState.Completed)]
    [InlineData(OperationState.Aborted)]
    public async Task A_finished_operation_makes_room_for_the_next(OperationState finished)
    {
        await Add(Some.Operation(), o => o.State = finished);

        await Add(Some.Operation(), o => o.State = OperationState.Open);
    }

    [Fact]
    public async Task One_unlock_has_a_place_beside_an_act_on_keys_and_a_second_one_has_none()
    {
        await Add(Some.Operation(), o => o.State = OperationState.Waiting);

        await Add(Some.Operation(act: Act.Unlock), o => o.State = OperationState.Open);

        await Refused(Some.Operation(act: Act.Repair), o => o.State = OperationState.Open);
        await Refused(Some.Operation(act: Act.Unlock), o => o.State = OperationState.Waiting);
    }

    [Fact]
    public async Task One_operation_is_closed_and_the_next_opened_in_the_same_Save()
    {
        await Add(Some.Operation());

        await _file.Write(registry =>
        {
            registry.Operations.Single().State = OperationState.Aborted;
            registry.Operations.Add(Some.Operation());
        });
    }

    [Fact]
    public async Task A_reference_is_given_once()
    {
        await Add(Some.Operation("EV-7K4Q-92"), o => o.State = OperationState.Completed);

        await Refused(Some.Operation("EV-7K4Q-92"), o => o.State = OperationState.Completed);
    }

    [Fact]
    public async Task An_attempt_at_a_key_is_recorded_once()
    {
        var operation = Some.Operation();
        await Add(operation);
        await Add(Some.Step(operation.Id, 0x9C, 1));
        await Add(Some.Step(operation.Id, 0x9C, 2));
        await Add(Some.Step(operation.Id, 0x9A, 1));

        await Refused(Some.Step(operation.Id, 0x9C, 2));
    }

    [Fact]
    public async Task A_key_reference_has_one_current_credential()
    {
        await Add(Some.Credential(0x9A, "01"));
        await Add(Some.Credential(0x9C, "02"));

        await Refused(Some.Credential(0x9A, "03"));
        await Add(Some.Credential(0x9A, "04"), c => c.Status = CredentialStatus.Superseded);
    }

    [Fact]
    public async Task A_credential_is_superseded_by_its_successor_in_the_same_Save()
    {
        await Add(Some.Credential(0x9A, "01"));

        await _file.Write(registry =>
        {
            registry.Credentials.Add(Some.Credential(0x9A, "02"));
            registry.Credentials.Single().Status = CredentialStatus.Superseded;
        });
    }

    [Fact]
    public async Task A_certificate_belongs_to_one_credential()
    {
        await Add(Some.Credential(0x9A, "01"));

        await Refused(Some.Credential(0x9C, "01"));
    }

    [Fact]
    public async Task A_step_belongs_to_an_operation() => await Refused(Some.Step(Guid.NewGuid()));

    [Fact]
    public async Task Times_are_compared_and_ordered_by_the_database()
    {
        await Add(Some.Credential(0x9A, "01"));
        await Add(Some.Credential(0x9C, "02"));
        await using var visit = _file.Open();
        var inAnotherZone = Some.Now.AddDays(68).ToOffset(TimeSpan.FromHours(5));

        (await visit.Registry.Credentials.CountAsync(c => c.NotAfter <= inAnotherZone)).ShouldBe(2);
        (await visit.Registry.Credentials.CountAsync(c => c.NotAfter < inAnotherZone)).ShouldBe(0);
        (await visit.Registry.Credentials.OrderBy(c => c.NotAfter).Select(c => c.NotAfter).FirstAsync()).ShouldBe(Some.Now.AddDays(68));
    }

    private Task Add<T>(T row, Action<T>? with = null)
        where T : class
    {
        with?.Invoke(row);
        return _file.Write(registry => registry.Add(row));
    }

    private Task Refused<T>(T row, Action<T>? with = null)
        where T : class => Should.ThrowAsync<DbUpdateException>(() => Add(row, with));
}
