namespace Evercard.Protocol;

/// <summary>The operator's card confirmed the act.</summary>
/// <param name="RequestId">ConfirmAct's.</param>
/// <param name="OperationId">ConfirmAct's.</param>
public sealed record ActConfirmed(string RequestId, string OperationId) : Message
{
    internal override string? FindFault() => Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(OperationId, nameof(OperationId));
}
