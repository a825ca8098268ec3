namespace Evercard.Protocol;

/// <summary>Steps to run without a pause on the card in one reader; answered by ScriptDone or ScriptRefused.</summary>
/// <param name="ScriptId">Names the reply.</param>
/// <param name="ActId">Operation or session id; one for all scripts of an act.</param>
/// <param name="Act">Decides which commands the agent lets through.</param>
/// <param name="Epoch">Plus one at each take-over of the act; the agent drops a lower one.</param>
/// <param name="Reader">The reader's name as the agent told it.</param>
/// <param name="Name">What the script is for: "observe", "generate 9C" …</param>
/// <param name="Steps">1 to 64.</param>
public sealed record RunScript(
    string ScriptId, string ActId, CardAct Act, int Epoch, string Reader, string Name, IReadOnlyList<ScriptStep> Steps) : Message
{
    internal override string? FindFault() =>
        Field.Id(ScriptId, nameof(ScriptId)) ?? Field.Id(ActId, nameof(ActId)) ?? Field.NotNegative(Epoch, nameof(Epoch))
        ?? Field.Text(Reader, nameof(Reader)) ?? Field.Text(Name, nameof(Name)) ?? Field.Count(Steps, nameof(Steps), 1)
        ?? Steps.Select(step => step.FindFault()).FirstOrDefault(fault => fault is not null);
}
