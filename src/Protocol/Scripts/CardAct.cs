using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>What is being done to a card; decides which commands the agent lets through.</summary>
[JsonConverter(typeof(KebabCase<CardAct>))]
public enum CardAct
{
    LogIn,
    Renewal,
    Repair,
    Unlock,
    Issuance,
    PasscodeChange,

    /// <summary>An operator's own card confirms an act on another card.</summary>
    Confirmation,

    /// <summary>Both keys sign, and nothing is changed.</summary>
    Test,
}
