using System.Text.RegularExpressions;

namespace Evercard.Server.History;

/// <summary>What an audit event says to the people whom it concerns. {name} stands for a fact of the event.</summary>
public static partial class EventWords
{
    /// <summary>Of a kind that is not in the table, such as one of a newer version.</summary>
    public const string Neutral = "Something else was recorded.";

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        // Logging in and out
        ["LoggedIn"] = "Logged in with the smartcard.",
        ["LogInRefused"] = "A log-in was refused{code}.",
        ["LoggedOut"] = "Logged out: {because}.",
        ["SessionSuspended"] = "The log-in was suspended: {because}.",
        ["SessionResumed"] = "The log-in went on: {because}.",
        ["SessionKept"] = "A log-in was looked at and left as it was.",
        ["RoleChosen"] = "A role was chosen.",
        ["RoleRefused"] = "A role was refused{code}.",
        ["TicketClaimed"] = "A browser asked to be joined to Identity Agent.",
        ["BrowserJoined"] = "A browser was joined to Identity Agent.",
        ["BrowserLoggedIn"] = "A browser was logged in.",
        ["JoinRefused"] = "A browser was not joined: {because}.",
        ["OldKeyFound"] = "The smartcard signed with a key that had been replaced. Its certificate was revoked, and the computer that had told otherwise gets no more acts.",

        // Renewal
        ["RenewalRequested"] = "A renewal was begun.",
        ["RenewalFinishAsked"] = "A renewal was to be finished.",
        ["RenewalResumed"] = "A renewal went on.",
        ["RenewalWaiting"] = "The renewal stopped{because}. It can be finished.",
        ["RenewalRefused"] = "A renewal was refused{code}.",
        ["RenewalCompleted"] = "The renewal was completed.",
        ["RenewalAborted"] = "The renewal was ended without being finished: {because}.",
        ["RenewalKept"] = "An open renewal was looked at and left as it was.",

        // Repair
        ["RepairRequested"] = "A repair was begun.",
        ["SmartcardTested"] = "The smartcard was tested: both keys were asked to sign.",
        ["SmartcardTestRefused"] = "A test of the smartcard was refused.",
        ["RepairConfirmed"] = "The repair was confirmed with the smartcard of whoever does it.",
        ["RepairConfirmationRefused"] = "The repair was not confirmed{code}.",
        ["RepairBegun"] = "The cardholder had chosen a passcode, and the repair went on.",
        ["RepairWaiting"] = "The repair stopped{because}. It can be finished.",
        ["RepairRefused"] = "A repair was refused{code}.",
        ["RepairCompleted"] = "The repair was completed.",
        ["RepairKept"] = "An open repair was looked at and left as it was.",
        ["RepairAborted"] = "The repair was ended without being finished: {because}.",

        // Another passcode without the old one
        ["UnlockRequested"] = "Another passcode was asked for without the old one.",
        ["UnlockConfirmed"] = "Setting another passcode was confirmed with the smartcard of whoever does it.",
        ["UnlockConfirmationRefused"] = "Setting another passcode was not confirmed{code}.",
        ["UnlockBegun"] = "The cardholder had chosen a passcode, and it was about to be set.",
        ["UnlockWaiting"] = "Setting another passcode stopped{because}.",
        ["UnlockRefused"] = "Setting another passcode was refused{code}.",
        ["UnlockCompleted"] = "The smartcard was unlocked with a new passcode.",
        ["UnlockKept"] = "An open unlock was looked at and left as it was.",
        ["UnlockAborted"] = "Setting another passcode was ended without being finished: {because}.",

        // Cancellation
        ["SmartcardCancelled"] = "The smartcard was cancelled for ever: {because}.",
        ["CancellationRefused"] = "The smartcard was not cancelled{code}.",

        // What cardholders are told, and what they say to it
        ["NotificationsTaken"] = "Messages to cardholders were taken to be sent.",
        ["NotificationSent"] = "The cardholder was told by {channel}.",
        ["NotificationGivenUp"] = "The cardholder could not be told by {channel}.",
        ["CardholderAlarm"] = "ALARM: with the link in a message to the cardholder, somebody said that {act} was not theirs.",
        ["CardholderAlarmKept"] = "The same alarm was raised once more.",

        // Issuance
        ["IssuanceRequested"] = "Issuing the smartcard was begun.",
        ["IssuanceWaiting"] = "Issuing the smartcard stopped{because}.",
        ["IssuanceRefused"] = "Issuing the smartcard was refused{code}.",
        ["IssuanceCompleted"] = "The smartcard was issued.",
        ["IssuanceKept"] = "An open issuance was looked at and left as it was.",
        ["IssuanceAborted"] = "Issuing the smartcard was ended without being finished: {because}.",
        ["CardSecretsSet"] = "The smartcard got administration keys of its own.",

        // Keys, certificates, passcodes
        ["KeyGenerationIntended"] = "A new key was asked for: {key}.",
        ["KeyStaged"] = "A new key was made: {key}.",
        ["KeyVoided"] = "An attempt at a new key was given up: {key}.",
        ["CertificatePrepared"] = "A certificate was prepared: {key}.",
        ["CertificateIssued"] = "A certificate was made: {key}.",
        ["CertificateWrittenAgain"] = "A certificate was written to the card once more: {key}.",
        ["CertificateProven"] = "A certificate was read back and its key proven: {key}.",
        ["OrphanRevoked"] = "A certificate was revoked: {because}.",
        ["OrphanKept"] = "A certificate was looked at and left as it was.",
        ["PasscodeChanged"] = "The passcode was changed.",
        ["PasscodeChangeRefused"] = "The passcode was not changed{code}.",
        ["PasscodeReset"] = "A new passcode was set by the cardholder.",
        ["PukUseIntended"] = "The card was about to be asked for a new passcode.",

        // Computers and the service itself
        ["AgentRegistered"] = "Identity Agent of a computer made itself known.",
        ["AgentConnected"] = "Identity Agent of a computer connected.",
        ["AgentDisconnected"] = "Identity Agent of a computer was no longer connected.",
        ["ComputerApproved"] = "A computer was approved for work on other people's smartcards.",
        ["ComputerApprovalRefused"] = "A computer was not approved.",
        ["ComputerApprovalWithdrawn"] = "The approval of a computer was withdrawn.",
        ["ComputerApprovalKept"] = "The approval of a computer was to be withdrawn, and it had none.",
        ["QuarantineEnded"] = "The quarantine of a computer was ended.",
        ["QuarantineKept"] = "The quarantine of a computer was to be ended, and was not.",
        ["CrlMade"] = "A list of revoked certificates was made.",
        ["PageKeyMade"] = "A key that protects pages was made.",
        ["PageKeyKept"] = "Another node had made the key that protects pages.",
        ["ReferenceLookedUp"] = "The service desk looked up the reference {reference}.",
        ["CardholderShown"] = "Somebody who may manage smartcards saw the smartcard and its cardholder.",
        ["HistoryRead"] = "The history was read.",
        ["HistoryRefused"] = "The history was asked for from an organisation that it does not concern, and was not shown.",
        ["AttentionRead"] = "The list of smartcards that need attention was read.",
        ["ArticleAnswered"] = "Somebody answered whether a guide had helped.",
        ["NoticeAdded"] = "A service notice was added.",
        ["NoticeEnded"] = "A service notice was ended.",
    };

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal) { ["9A"] = "for logging in", ["9C"] = "for signing" };

    /// <summary>Kinds for which there is a sentence.</summary>
    public static IReadOnlyCollection<string> Kinds => Sentences.Keys;

    /// <param name="kind">Of the event.</param>
    /// <param name="facts">Its facts.</param>
    public static string Of(string kind, IReadOnlyDictionary<string, string> facts) =>
        Place().Replace(Sentences.GetValueOrDefault(kind, Neutral), place => Fill(place.Groups["name"].Value, place.Value[0], facts)).Replace("..", ".", StringComparison.Ordinal);

    /// <summary>Right after a word stands a code in brackets, and nothing where there is none; after a blank stands the fact itself.</summary>
    private static string Fill(string name, char before, IReadOnlyDictionary<string, string> facts)
    {
        var fact = facts.GetValueOrDefault(name);
        return before != ' ' ? fact is null or "none" ? $"{before}" : $"{before} ({fact})"
            : name == "key" && fact is not null ? $" {Keys.GetValueOrDefault(fact, fact)}"
            : $" {fact ?? "nobody wrote down more"}";
    }

    [GeneratedRegex(@".\{(?<name>[a-zA-Z]+)\}")]
    private static partial Regex Place();
}
