using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>How a request ended: with the message asked for, or with a refusal that says what to do next.</summary>
public abstract record AgentOutcome<T>
    where T : Message
{
    private AgentOutcome()
    {
    }

    /// <param name="Message">What was asked for.</param>
    /// <param name="Insertion">Of a greeting: which insertion of a card it is about. An act that names it happens to that card or to none.</param>
    public sealed record Done(T Message, int? Insertion = null) : AgentOutcome<T>;

    public sealed record Refused(Protocol.Refused Message) : AgentOutcome<T>;
}
