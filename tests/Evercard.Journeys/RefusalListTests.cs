using System.Text.RegularExpressions;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>Which journey shows which refusal. A code that is neither shown nor explained fails here, and so does a journey that is gone.</summary>
public sealed partial class RefusalListTests
{
    private static readonly string[] Catalogues = ["src/Lifecycle/Refusals.cs", "src/Agent/AgentRefusals.cs", "src/Agent/Pages/Opened/RefusedWords.cs"];

    private static readonly Dictionary<string, (Type Journeys, string Journey)> Shown = new(StringComparer.Ordinal)
    {
        ["AGENT-MISSING"] = (typeof(LinkJourneys), nameof(LinkJourneys.Without_the_agent_the_page_waits_and_goes_on_by_itself_when_it_comes)),
        ["AGENT-NOT-APPROVED"] = (
            typeof(RegistrationAuthorityJourneys), nameof(RegistrationAuthorityJourneys.No_card_is_repaired_at_a_computer_that_nobody_has_approved_until_Tom_approves_it)),
        ["AGENT-OLD"] = (typeof(LinkJourneys), nameof(LinkJourneys.An_agent_that_is_too_old_still_logs_in_and_the_page_says_what_to_ask_for)),
        ["AGENT-OTHER"] = (typeof(LinkJourneys), nameof(LinkJourneys.The_agent_of_another_user_of_this_computer_shows_nothing)),
        ["CA-DOWN"] = (typeof(ComputerJourneys), nameof(ComputerJourneys.While_no_certificates_can_be_made_nothing_on_the_card_changes_and_it_goes_on_later)),
        ["CARD-BLANK"] = Card,
        ["CARD-CANCELLED"] = Card,
        ["CARD-EXPIRED"] = Card,
        ["CARD-FAULTY"] = (typeof(CardRefusalJourneys), nameof(CardRefusalJourneys.A_faulty_card_stops_the_renewal_and_says_who_replaces_it)),
        ["CARD-LOCKED"] = Card,
        ["CARD-REMOVED"] = (typeof(ComputerJourneys), nameof(ComputerJourneys.A_card_taken_out_before_the_passcode_is_safe)),
        ["CARD-UNKNOWN"] = Card,
        ["CARDS-TWO"] = (typeof(ComputerJourneys), nameof(ComputerJourneys.Two_cards_are_a_question)),
        ["CLOCK-WRONG"] = (typeof(ComputerJourneys), nameof(ComputerJourneys.A_computer_whose_clock_is_wrong_says_so)),
        ["IDENTITY-UNSURE"] = (typeof(RepairJourneys), nameof(RepairJourneys.Nobody_is_repaired_whom_the_operator_is_not_sure_of)),
        ["LINK-EXPIRED"] = (typeof(LinkJourneys), nameof(LinkJourneys.A_ticket_that_is_too_old_costs_one_click)),
        ["LOCKED-EXPIRED"] = Card,
        ["LOGGED-OUT"] = (typeof(SessionJourneys), nameof(SessionJourneys.Taking_the_card_out_logs_the_browser_out_within_two_seconds)),
        ["PASSCODE-DIFFERENT"] = NewPasscode,
        ["PASSCODE-EASY"] = NewPasscode,
        ["PASSCODE-FORGOTTEN"] = (typeof(PasscodeJourneys), nameof(PasscodeJourneys.Forgotten_your_passcode_says_who_can_unlock)),
        ["PASSCODE-FORMAT"] = (typeof(PasscodeJourneys), nameof(PasscodeJourneys.What_is_no_passcode_uses_no_try)),
        ["PASSCODE-LAST"] = Passcode,
        ["PASSCODE-WRONG"] = Passcode,
        ["PERMISSION-NONE"] = (typeof(ManageJourneys), nameof(ManageJourneys.Without_script_and_without_the_role_everything_is_said_all_the_same)),
        ["PROFILE-CLOSED"] = Card,
        ["READER-NONE"] = (typeof(ComputerJourneys), nameof(ComputerJourneys.A_computer_without_a_reader_says_so_and_carries_on_when_one_is_plugged_in)),
        ["READER-ONE"] = (typeof(ManageJourneys), nameof(ManageJourneys.What_is_wrong_at_the_readers_is_told_and_goes_away_by_itself)),
        ["RENEW-EARLY"] = (typeof(CardRefusalJourneys), nameof(CardRefusalJourneys.A_card_that_is_not_due_yet_is_told_from_when_it_can_be_renewed)),
        ["RENEWAL-UNFINISHED"] = (typeof(CardRefusalJourneys), nameof(CardRefusalJourneys.A_half_renewed_card_is_greeted_with_Finish_your_renewal)),
        ["RENEWED-ELSEWHERE"] = (typeof(SessionJourneys), nameof(SessionJourneys.A_second_browser_of_the_same_person_sees_the_same_renewal)),
        ["REPAIR-UNFINISHED"] = Card,
        ["RETRY-STOP"] = (typeof(RepairJourneys), nameof(RepairJourneys.A_faulty_card_fails_twice_and_the_page_stops_with_a_reference)),
        ["ROLE-WRONG"] = (typeof(ManageJourneys), nameof(ManageJourneys.Priya_is_told_which_role_she_needs_switches_and_sees_what_Rosas_card_needs)),
        ["SERVICE-UNREACHABLE"] = (typeof(ComputerJourneys), nameof(ComputerJourneys.A_computer_that_cannot_reach_the_service_says_so_and_goes_on_when_it_can)),
    };

    /// <summary>Not part of a self-renewal, or not to be brought about by what a person does at the pages: these have their tests in Evercard.Tests.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["AGENT-NO-PAGES"] = "an agent without pages shows none",
        ["AGENT-QUARANTINED"] = "needs an agent that lies",
        ["CANCEL-SELF"] = "needs a second card of the same person that is in use",
        ["CARD-BUSY"] = "needs another program that holds the card",
        ["CARD-ENDS"] = "needs a card of ten years",
        ["CARD-NOT-BLANK"] = "issuing",
        ["CARD-NOT-YOURS"] = "the pages ask for the card of the log-in alone",
        ["CARD-NOT-HERE"] = "the pages leave by themselves when the card does",
        ["CARD-REVOKED"] = "a card whose certificates are revoked is cancelled, and says that first",
        ["CARD-SLOW"] = "needs a card that says nothing for half a minute",
        ["CARD-UNREADABLE"] = "needs a card with a broken CHUID",
        ["ISSUANCE-UNFINISHED"] = "issuing",
        ["PASSCODE-NEEDED"] = "the pages ask for the passcode first",
        ["PASSCODE-REFUSED"] = "needs a card with rules of its own for passcodes",
        ["READER-WRONG"] = "needs a second card of the same person that is in use",
        ["READER-UNPLUGGED"] = "told in the same place as CARD-REMOVED",
        ["CONFIRMATION-NEEDED"] = "the pages ask for the confirmation first",
        ["IDENTITY-NO-PHOTOGRAPH"] = "the pages offer no photograph where there is none",
        ["PUK-REFUSED"] = "needs a card whose PUK somebody changed",
        ["PUK-UNKNOWN"] = "needs a card from elsewhere",
        ["REPAIR-REASON"] = "asked for on the page itself",
        ["REPAIR-REMOTE"] = "the pages show a card only while it is here",
        ["RENEW-EXPIRED"] = "needs a log-in that lasts over midnight",
        ["REPAIR-SELF"] = "needs a second card of the same person that is in use",
        ["UNLOCK-SELF"] = "needs a second card of the same person that is in use",
        ["RENEWAL-OPEN"] = "needs a second computer at the same moment",
        ["RENEWAL-TOO-LATE"] = "needs a renewal of two weeks ago",
        ["REPAIR-NEEDED"] = "needs a card whose keys were changed by somebody else",
        ["ROLE-NOT-YOURS"] = "the pages offer the roles of the person alone",
        ["SERVICE-FAILED"] = "needs a fault of the service",
    };

    private static (Type, string) Card => (typeof(CardRefusalJourneys), nameof(CardRefusalJourneys.A_card_that_cannot_log_in_says_why_and_asks_for_no_passcode));

    private static (Type, string) Passcode => (typeof(PasscodeJourneys), nameof(PasscodeJourneys.Wrong_passcodes_tell_the_tries_left_pause_before_the_last_and_lock_the_card));

    private static (Type, string) NewPasscode =>
        (typeof(PasscodeChangeJourneys), nameof(PasscodeChangeJourneys.Easy_or_different_passcodes_change_nothing_and_a_good_one_is_the_passcode_from_then_on));

    [Fact]
    public void Every_refusal_has_its_journey_or_the_reason_why_not() =>
        Catalogues.SelectMany(name => Code().Matches(File.ReadAllText(Repository.At(name))))
            .Select(match => match.Groups[1].Value).Distinct()
            .ShouldBe(Shown.Keys.Concat(Elsewhere.Keys), ignoreOrder: true);

    [Fact]
    public void Every_named_journey_is_walked() =>
        Shown.Values.Select(one => one.Journeys.GetMethod(one.Journey))
            .ShouldAllBe(method => method != null && method.GetCustomAttributes(typeof(FactAttribute), false).Length > 0);

    [GeneratedRegex("\"([A-Z]+(?:-[A-Z]+)+)\"")]
    private static partial Regex Code();
}
