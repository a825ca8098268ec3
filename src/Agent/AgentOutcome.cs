using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>How a request ended: with the message asked for, or with a refusal that says what to do next.</summary>
public abstract record AgentOutcome<T>
    where T : Message
{
    private AgentOutcome()
    {
    }

    public sealed record Done(T Message) : AgentOutcome<T>;

    public sealed record Refused(Protocol.Refused Message) : AgentOutcome<T>;
}
