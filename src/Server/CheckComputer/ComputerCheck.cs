using Evercard.Lifecycle;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Help;

namespace Evercard.Server.CheckComputer;

/// <summary>What the service knows of the Identity Agent that this browser was joined to last.</summary>
/// <param name="ComputerName">As people know it.</param>
/// <param name="Version">Of the agent.</param>
/// <param name="MinimumVersion">With an older one people can log in and nothing else.</param>
/// <param name="IsTooOld">It is an older one.</param>
/// <param name="ClockError">How far the computer's clock is ahead; null where it is right enough.</param>
/// <param name="ConnectedSince">When its link began.</param>
/// <param name="Cards">The cards that it shows, by reader.</param>
public sealed record AgentFacts(
    string ComputerName, string Version, Version MinimumVersion, bool IsTooOld, TimeSpan? ClockError, DateTimeOffset ConnectedSince,
    IReadOnlyList<KeyValuePair<string, SeenCard>> Cards)
{
    public static AgentFacts Of(AgentConnection agent) => new(
        agent.ComputerName, agent.Version, agent.Options.MinimumAgentVersion, agent.IsTooOld, agent.ClockError, agent.WelcomedAt, agent.Cards.Shown);
}

/// <summary>Check this computer: what server and browser know, as rows. Nothing in it is secret, and no card's holder but oneself is named.</summary>
public static class ComputerCheck
{
    private const string Agent = "Identity Agent";

    /// <param name="userAgent">What the browser calls itself.</param>
    /// <param name="knowsAgent">The browser was joined to an agent before.</param>
    /// <param name="agent">That agent; null where it is not connected.</param>
    /// <param name="who">Who is logged in with this browser; null where nobody.</param>
    /// <param name="zone">Where people read times.</param>
    public static IReadOnlyList<CheckRow> Rows(string? userAgent, bool knowsAgent, AgentFacts? agent, SignedIn? who, TimeZoneInfo zone)
    {
        var browser = BrowserName.Check(userAgent);
        return agent is null ? [browser, .. Without(knowsAgent)] :
        [
            browser,
            new(Agent, CheckState.Good, $"Running on {agent.ComputerName}."),
            agent.IsTooOld
                ? Bad("Version", $"{Agent} {agent.Version} is too old: you can log in, but not renew.", $"IT: install {agent.MinimumVersion} or newer. You: use another computer meanwhile.", "AGENT-OLD")
                : new("Version", CheckState.Good, $"{Agent} {agent.Version}."),
            new("Connection", CheckState.Good, $"Connected to the service since {Expiry.TimeInWords(agent.ConnectedSince, zone)}."),
            agent.ClockError is { } error
                ? Bad("Clock", Lifecycle.Refusals.ClockWrong(error).Detail, "IT: set the clock. Your smartcard is fine.", "CLOCK-WRONG")
                : new("Clock", CheckState.Good, "Right."),
            .. Cards(agent, who),
        ];
    }

    private static IEnumerable<CheckRow> Without(bool knowsAgent)
    {
        var because = knowsAgent ? $"Unknown: {Agent} is not running." : $"Unknown: this browser knows no {Agent}.";
        yield return knowsAgent
            ? Bad(Agent, "Not running, or it cannot reach the service.", "You: start it from the Start menu, Identity Agent. IT: if it is not there, or runs and does not connect.", "AGENT-MISSING")
            : new(Agent, CheckState.Unknown, "This browser has not met it yet.", "You: put your smartcard into the reader, and log in once. No window opens? Then it is not running.", RefusalHelp.AddressOf("AGENT-MISSING"));
        foreach (var what in new[] { "Version", "Connection", "Clock", "Readers and smartcards" })
        {
            yield return new CheckRow(what, CheckState.Unknown, because);
        }
    }

    private static IEnumerable<CheckRow> Cards(AgentFacts agent, SignedIn? who)
    {
        if (agent.Cards.Count == 0)
        {
            yield return new CheckRow(
                "Readers and smartcards", CheckState.Unknown, $"{Agent} shows us no smartcard.",
                "You: put your smartcard in, chip up and towards the reader. Nothing happens here? Try another reader, or ask IT.", RefusalHelp.AddressOf("CARD-UNREADABLE"));
        }

        foreach (var (reader, card) in agent.Cards)
        {
            var what = $"Reader {reader}";
            if (card.Refusal is { } refusal)
            {
                // The refusal itself may tell about the card's holder: only what the code means is for everybody.
                var help = RefusalHelp.Find(refusal.Code);
                var contact = help is null ? null : Contact.Of(null, help.From);
                yield return Bad(
                    what, $"{help?.Title ?? "This card cannot be used"} ({refusal.Code}).", $"{(contact is null ? "You" : contact.Title)}: {help?.Steps[0] ?? "ring the service desk."}", refusal.Code);
            }
            else
            {
                yield return new CheckRow(what, CheckState.Good, who is { IsLive: true } && who.Card.Id == card.SmartcardId
                    ? $"Your smartcard, {who.Card.SerialNumber}." : "A smartcard that was issued here. Whose it is, is shown to its holder only.");
            }
        }
    }

    private static CheckRow Bad(string what, string finding, string fix, string code) => new(what, CheckState.Bad, finding, fix, RefusalHelp.AddressOf(code));
}
