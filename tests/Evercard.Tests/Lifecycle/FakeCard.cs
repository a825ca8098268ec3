using Evercard.Cards.Scripts;

namespace Evercard.Tests.Lifecycle;

/// <summary>An agent that does not do what it is told: stands before an honest card and changes what goes to and fro.</summary>
internal sealed class FakeCard(ICard honest) : ICard
{
    public ActBinding Binding => honest.Binding;

    /// <summary>Done before the script runs.</summary>
    public Func<CardScript, Task>? Before { get; init; }

    /// <summary>Answers in the card's place; null lets the card answer.</summary>
    public Func<CardScript, ICard, Task<ScriptReply?>>? Instead { get; init; }

    /// <summary>Changes the reply; null leaves it.</summary>
    public Func<CardScript, ScriptReply, ScriptReply?>? After { get; init; }

    /// <summary>Done between the card's reply and its delivery.</summary>
    public Func<CardScript, Task>? BeforeDelivery { get; init; }

    public async Task<ScriptReply> Run(CardScript script, CancellationToken cancellation)
    {
        await (Before?.Invoke(script) ?? Task.CompletedTask);
        var instead = Instead is null ? null : await Instead(script, honest);
        var reply = instead ?? await honest.Run(script, cancellation);
        reply = After?.Invoke(script, reply) ?? reply;
        await (BeforeDelivery?.Invoke(script) ?? Task.CompletedTask);
        return reply;
    }
}
