using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.ServiceDesk;

/// <summary>What the books say of a reference.</summary>
/// <param name="Operation">That has the reference.</param>
/// <param name="Steps">Its journal.</param>
/// <param name="Newest">The newest operation of the same card, which may be the same one.</param>
/// <param name="NewestSteps">The journal of that.</param>
/// <param name="Current">The card's credentials that count.</param>
/// <param name="Card">What has become of the card.</param>
/// <param name="HolderName">The cardholder's full name; it does not come out again.</param>
/// <param name="OrganisationName">Where the cardholder works.</param>
/// <param name="Others">How many other people had the same cause in the last hour.</param>
/// <param name="Alarms">What the cardholder said of acts on this card, each a sentence; null: nothing.</param>
public sealed record ReferenceFacts(
    Operation Operation, IReadOnlyList<OperationStep> Steps, Operation Newest, IReadOnlyList<OperationStep> NewestSteps, IReadOnlyList<Credential> Current, SmartcardStatus Card,
    string HolderName, string OrganisationName, int Others, IReadOnlyList<string>? Alarms = null);

/// <summary>What the service desk reads when somebody rings with a reference: enough to help, and nothing that tells more of the person.</summary>
/// <param name="Reference">EV-XXXX-XX.</param>
/// <param name="Person">Initials and organisation.</param>
/// <param name="Act">What was being done, where and when.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Reached">How far each key came, one line a key.</param>
/// <param name="Code">Of the refusal; null where there was none.</param>
/// <param name="Cause">Why it stopped, in one line.</param>
/// <param name="Usable">Whether the card can be used now.</param>
/// <param name="Say">What to say to the person.</param>
/// <param name="Others">Whether it is one person or everybody.</param>
public sealed record WhatHappened(
    string Reference, string Person, string Act, string State, IReadOnlyList<string> Reached, string? Code, string Cause, string Usable, string Say, string Others)
{
    /// <summary>What the cardholder said of acts on this card, each a sentence.</summary>
    public IReadOnlyList<string> Alarms { get; init; } = [];

    /// <summary>Words of refusals that would tell who somebody else is, or send people where they are already.</summary>
    private static readonly Dictionary<string, (string? Cause, string? Say)> Reworded = new(StringComparer.Ordinal)
    {
        ["CARD-NOT-YOURS"] = ("The card in the reader was another person's.", null),
        ["RETRY-STOP"] = (null, "Do not try again at that computer yet. Let them open Check this computer, and have IT support put right what it shows. Then try once more, best at another computer."),
    };

    private static readonly Dictionary<StepState, string> Words = new()
    {
        [StepState.Intended] = "a new key was asked for, and nothing is known of the answer",
        [StepState.Staged] = "the new key is made; it has no certificate yet",
        [StepState.Prepared] = "the new key is made; its certificate is prepared and not signed",
        [StepState.Issued] = "made; not yet proven on the card",
        [StepState.Proven] = "done",
        [StepState.Voided] = "given up",
    };

    /// <param name="facts">What the books say.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="zone">Where people read dates.</param>
    public static WhatHappened Of(ReferenceFacts facts, DateTimeOffset now, TimeZoneInfo zone)
    {
        var operation = facts.Operation;
        var act = NameOf(operation.Act);
        var reworded = operation.StoppedCode is { } code ? Reworded.GetValueOrDefault(code) : default;
        string When(DateTimeOffset moment) => $"{Expiry.InWords(moment, zone)} at {Expiry.TimeInWords(moment, zone)}";

        var state = operation.State switch
        {
            OperationState.Completed => $"Finished on {When(operation.ClosedAt ?? operation.TouchedAt)}.",
            OperationState.Aborted => $"Ended on {When(operation.ClosedAt ?? operation.TouchedAt)} without being finished: {operation.ClosedBecause ?? "nobody wrote down why"}.",
            OperationState.Open => $"Under way, last heard of on {When(operation.TouchedAt)}.",
            _ when operation.Act == Registry.Journal.Act.Unlock => $"Stopped on {When(operation.TouchedAt)}. It can be begun anew.",
            _ => $"Stopped on {When(operation.TouchedAt)}. It can be finished until {Expiry.InWords(operation.FinishBy, zone)}.",
        };
        return new(
            operation.Reference,
            $"{Initials(facts.HolderName)}, {facts.OrganisationName}",
            $"{char.ToUpperInvariant(act[0])}{act[1..]}, begun on {When(operation.OpenedAt)}, last at {operation.ComputerName}",
            state,
            operation.Act == Registry.Journal.Act.Unlock
                ? [operation.State == OperationState.Completed ? "The new passcode is set." : "Perhaps the new passcode is set, perhaps not. No key was touched."]
                : [$"Signature certificate: {Reach(0x9C)}.", $"Log-in certificate: {Reach(0x9A)}."],
            operation.StoppedCode,
            Without(reworded.Cause ?? CauseOf(operation), facts.HolderName),
            UsableWords(facts, now, zone),
            Without(reworded.Say ?? SayOf(operation, act), facts.HolderName),
            OthersWords(operation.StoppedCode, facts.Others)) { Alarms = facts.Alarms ?? [] };

        string Reach(byte key) => facts.Steps.Where(step => step.KeyReference == key).MaxBy(step => step.Attempt) is not { } step ? "not begun"
            : step.Attempt == 1 ? Words[step.State] : $"{Words[step.State]} (attempt {step.Attempt})";
    }

    /// <summary>"W. H."</summary>
    public static string Initials(string fullName) =>
        string.Join(' ', fullName.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Select(part => $"{part.EnumerateRunes().First()}."));

    /// <summary>Whether the card can be used now, in words.</summary>
    private static string UsableWords(ReferenceFacts facts, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (facts.Card == SmartcardStatus.Cancelled)
        {
            return "No. This smartcard was cancelled.";
        }

        var act = NameOf(facts.Newest.Act);
        string Until() => Expiry.InWords(facts.Current.Min(credential => credential.NotAfter), zone);
        return CardUse.Of(facts.Newest, facts.NewestSteps, facts.Current, now) switch
        {
            { LogIn: KeyUse.Works, Signature: KeyUse.Works } => $"Yes, until {Until()}.",
            { LogIn: KeyUse.Works, Signature: KeyUse.Unproven } => $"It logs in. It does not sign until the {act} is finished.",
            { LogIn: KeyUse.Works } => "It logs in. It cannot sign.",
            { LogIn: KeyUse.Unproven, Signature: KeyUse.Unproven } => $"Not before the {act} is finished: neither key is proven.",
            { LogIn: KeyUse.Unproven } => $"It may not log in until the {act} is finished: one key is being replaced. The other one is as it was.",
            { LogIn: KeyUse.Expired } => "No. Its log-in certificate has expired: it needs Repair, with the card and its holder in front of an ID Checker.",
            _ => "No. It was never finished.",
        };
    }

    private static string CauseOf(Operation operation) => operation switch
    {
        { StoppedDetail: { } told } => told,
        { State: OperationState.Completed } => "Nothing stopped it.",
        { State: OperationState.Open } => "Nobody has told a cause: it goes on, or computer or service stopped in the middle.",
        _ => "Nobody has told a cause.",
    };

    private static string SayOf(Operation operation, string act) => operation switch
    {
        { State: OperationState.Completed } => "It was finished. Ask them to take the smartcard out, put it back and log in.",
        { StoppedNextStep: { } next, State: not OperationState.Aborted } => next,
        { State: OperationState.Aborted } => $"That {act} cannot be finished any more. Let them log in: the next message says what to do.",
        { Act: Registry.Journal.Act.Renewal } => "Put the smartcard back, at any computer, and finish the renewal.",
        { Act: Registry.Journal.Act.Repair } => "Any ID Checker can finish the repair, with the card and its holder.",
        { Act: Registry.Journal.Act.Unlock } => "Try the new passcode. If it is not right, whoever unlocks smartcards sets another one, with the card and its holder.",
        _ => "Give the smartcard back to the registration authority.",
    };

    private static string OthersWords(string? code, int others) => (code, others) switch
    {
        (null, _) => "There is no cause to compare.",
        (_, 0) => $"Nobody else had {code} in the last hour.",
        (_, 1) => $"1 other person had {code} in the last hour.",
        _ => $"{others} others had {code} in the last hour.",
    };

    private static string NameOf(Act act) => act switch
    {
        Registry.Journal.Act.Renewal => "renewal",
        Registry.Journal.Act.Repair => "repair",
        Registry.Journal.Act.Unlock => "unlock",
        _ => "issuance",
    };

    private static string Without(string text, string fullName) => text.Replace(fullName, Initials(fullName), StringComparison.OrdinalIgnoreCase);
}
