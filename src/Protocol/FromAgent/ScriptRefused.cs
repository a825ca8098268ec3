using System.Text.Json.Serialization;

namespace Evercard.Protocol;

[JsonConverter(typeof(KebabCase<ScriptRefusal>))]
public enum ScriptRefusal
{
    /// <summary>A step is not on the list of the act.</summary>
    CommandNotAllowed,

    /// <summary>A later epoch of the act was seen, or the act is over.</summary>
    Stale,

    /// <summary>The user began no such act on this reader.</summary>
    NoSuchAct,

    /// <summary>A step needs the passcode and the agent holds none: wrong, too old, or never given.</summary>
    NoPasscode,

    /// <summary>A script of this act is still running.</summary>
    Busy,
}

/// <summary>The agent ran no step of the script.</summary>
public sealed record ScriptRefused(string ScriptId, ScriptRefusal Reason) : Message
{
    internal override string? FindFault() => Field.Id(ScriptId, nameof(ScriptId));
}
