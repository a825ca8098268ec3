using System.Text.RegularExpressions;
using Evercard.Tests.Agent.Pages;
using Evercard.Tests.House;
using Evercard.Tests.Lifecycle;
using Evercard.Tests.Server;
using Evercard.Tests.Server.Cancellation;
using Evercard.Tests.Server.ManageSmartcard;
using Evercard.Tests.Server.Pages;

namespace Evercard.Tests.Journey;

/// <summary>Which test shows which refusal. A code without a test fails here, and so does a test that is gone.</summary>
public sealed partial class RefusalListTests
{
    private static readonly Dictionary<string, (Type Tests, string Test)> Shown = new(StringComparer.Ordinal)
    {
        ["UNLOCK-SELF"] = (typeof(UnlockTests), nameof(UnlockTests.Nobody_sets_the_own_passcode_so_and_nobody_without_role_card_computer_or_a_look_at_the_person_sets_anybodys)),
        ["AGENT-MISSING"] = (typeof(JoinTests), nameof(JoinTests.No_browser_is_sent_to_an_agent_that_is_not_connected)),
        ["AGENT-NO-PAGES"] = (typeof(RenewalPageTests), nameof(RenewalPageTests.An_agent_without_pages_says_so)),
        ["AGENT-NOT-APPROVED"] = (typeof(AdoptionTests), nameof(AdoptionTests.A_computer_that_is_not_approved_adopts_nothing)),
        ["AGENT-OLD"] = (typeof(ComputerRefusalTests), nameof(ComputerRefusalTests.An_old_agent_logs_in_and_renews_nothing)),
        ["AGENT-OTHER"] = (typeof(GuardTests), nameof(GuardTests.Another_user_of_the_computer_is_sent_to_the_own_tray_icon)),
        ["AGENT-QUARANTINED"] = (typeof(ComputerRefusalTests), nameof(ComputerRefusalTests.A_quarantined_computer_gets_no_act)),
        ["CA-DOWN"] = (typeof(AuthorityRefusalTests), nameof(AuthorityRefusalTests.Before_a_key_is_touched_nothing_on_the_card_has_changed_and_it_can_be_begun_again)),
        ["CANCEL-SELF"] = (typeof(CancelPageTests), nameof(CancelPageTests.The_own_card_is_not_cancelled_though_it_is_in_a_reader)),
        ["CARD-BLANK"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.A_blank_card_has_nothing_on_it_whatever_is_tried)),
        ["CARD-BUSY"] = (typeof(ComputerRefusalTests), nameof(ComputerRefusalTests.A_card_that_another_program_holds_is_busy_and_untouched)),
        ["CARD-CANCELLED"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.A_cancelled_card_says_when_and_why_and_burns_no_try)),
        ["CARD-ENDS"] = (typeof(AttackTests), nameof(AttackTests.A_card_that_itself_ends_with_its_certificates_is_not_renewed_for_nothing)),
        ["CARD-EXPIRED"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.An_expired_card_cannot_log_in)),
        ["CARD-FAULTY"] = (typeof(LyingAgentTests), nameof(LyingAgentTests.A_write_that_is_only_claimed_retires_nothing)),
        ["CARD-LOCKED"] = (typeof(PasscodeRefusalTests), nameof(PasscodeRefusalTests.Three_wrong_passcodes_at_log_in_tell_the_tries_left_and_lock_the_card)),
        ["CARD-NOT-BLANK"] = (typeof(AdoptionTests), nameof(AdoptionTests.A_card_with_something_on_it_is_adopted_and_not_issued)),
        ["CARD-NOT-YOURS"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.Another_persons_card_is_not_renewed_from_my_session)),
        ["CARD-NOT-HERE"] = (typeof(ManagePageTests), nameof(ManagePageTests.A_card_that_is_in_no_reader_of_this_computer_is_shown_to_nobody_whatever_its_number)),
        ["CARD-REMOVED"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.A_card_pulled_in_the_middle_is_safe_and_is_finished_at_another_computer)),
        ["CARD-REVOKED"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.A_card_whose_certificate_was_revoked_cannot_log_in)),
        ["CARD-SLOW"] = (typeof(ManagePageTests), nameof(ManagePageTests.A_card_that_says_nothing_is_waited_for_in_words_and_after_half_a_minute_is_too_slow)),
        ["CARD-UNKNOWN"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.A_foreign_card_is_not_known_here)),
        ["CARD-UNREADABLE"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.A_card_whose_CHUID_makes_no_sense_cannot_be_read)),
        ["CARDS-TWO"] = (typeof(LogInWindowTests), nameof(LogInWindowTests.Two_cards_ask_whose_is_whose)),
        ["CLOCK-WRONG"] = (typeof(ComputerRefusalTests), nameof(ComputerRefusalTests.A_clock_that_is_three_days_behind_lets_its_user_log_in_and_renews_nothing)),
        ["ISSUANCE-UNFINISHED"] = (typeof(AdoptionTests), nameof(AdoptionTests.A_card_whose_issuance_was_cut_goes_back_to_the_registration_authority)),
        ["LINK-EXPIRED"] = (typeof(JoinPageTests), nameof(JoinPageTests.Strange_tickets_are_not_sent_on)),
        ["LOCKED-EXPIRED"] = (typeof(PasscodeRefusalTests), nameof(PasscodeRefusalTests.A_half_renewed_card_that_is_locked_and_expired_meanwhile_needs_one_visit)),
        ["LOGGED-OUT"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.A_session_ends_with_the_removal_of_the_card_and_says_when_that_was)),
        ["PASSCODE-DIFFERENT"] = (typeof(PasscodeChangePageTests), nameof(PasscodeChangePageTests.What_can_be_seen_here_uses_no_try)),
        ["PASSCODE-EASY"] = (typeof(PasscodeChangePageTests), nameof(PasscodeChangePageTests.What_can_be_seen_here_uses_no_try)),
        ["PASSCODE-FORGOTTEN"] = (typeof(LogInWindowTests), nameof(LogInWindowTests.Whoever_forgot_the_passcode_is_told_who_can_unlock)),
        ["PASSCODE-FORMAT"] = (typeof(PasscodeRefusalTests), nameof(PasscodeRefusalTests.What_is_no_passcode_never_reaches_the_card)),
        ["PASSCODE-LAST"] = (typeof(LogInWindowTests), nameof(LogInWindowTests.Before_the_last_try_the_window_pauses)),
        ["PASSCODE-NEEDED"] = (typeof(SessionEndTests), nameof(SessionEndTests.A_passcode_that_is_held_no_more_is_asked_for_again)),
        ["PASSCODE-REFUSED"] = (typeof(PasscodeChangeTests), nameof(PasscodeChangeTests.A_card_that_does_not_take_the_new_passcode_keeps_the_old_one)),
        ["PASSCODE-WRONG"] = (typeof(PasscodeRefusalTests), nameof(PasscodeRefusalTests.Three_wrong_passcodes_at_log_in_tell_the_tries_left_and_lock_the_card)),
        ["PERMISSION-NONE"] = (typeof(RoleRouteTests), nameof(RoleRouteTests.Whoever_has_no_role_for_it_reads_names_places_and_hours)),
        ["PROFILE-CLOSED"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.A_card_of_a_closed_profile_says_since_when)),
        ["READER-NONE"] = (typeof(ComputerRefusalTests), nameof(ComputerRefusalTests.No_reader_and_no_card_are_told_by_the_agent)),
        ["READER-ONE"] = (typeof(ManagePageTests), nameof(ManagePageTests.Readers_that_come_and_go_are_told_as_they_are)),
        ["READER-UNPLUGGED"] = (typeof(ComputerRefusalTests), nameof(ComputerRefusalTests.No_reader_and_no_card_are_told_by_the_agent)),
        ["READER-WRONG"] = (typeof(ManagePageTests), nameof(ManagePageTests.Ones_own_card_is_not_repaired)),
        ["RENEW-EARLY"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.Too_early_is_told_with_the_day_on_which_renewal_opens)),
        ["RENEW-EXPIRED"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.A_card_that_expires_while_its_holder_is_logged_in_cannot_renew_itself)),
        ["RENEWAL-OPEN"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.A_renewal_that_is_live_at_another_computer_goes_on_here_only_when_asked_to)),
        ["RENEWAL-TOO-LATE"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.An_expired_card_that_waited_too_long_is_not_finished)),
        ["RENEWAL-UNFINISHED"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.A_card_pulled_in_the_middle_is_safe_and_is_finished_at_another_computer)),
        ["RENEWED-ELSEWHERE"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.A_card_that_was_just_renewed_has_nothing_left_to_do)),
        ["REPAIR-NEEDED"] = (typeof(CardRefusalTests), nameof(CardRefusalTests.Somebody_elses_CHUID_on_another_card_does_not_make_it_theirs)),
        ["REPAIR-SELF"] = (typeof(ManagePageTests), nameof(ManagePageTests.Ones_own_card_is_not_repaired)),
        ["REPAIR-UNFINISHED"] = (typeof(RenewalRefusalTests), nameof(RenewalRefusalTests.A_repair_that_stopped_is_for_an_ID_Checker_to_finish)),
        ["ROLE-NOT-YOURS"] = (typeof(RoleChoiceTests), nameof(RoleChoiceTests.A_role_of_somebody_else_is_not_chosen)),
        ["ROLE-WRONG"] = (typeof(RoleRouteTests), nameof(RoleRouteTests.The_wrong_role_is_told_which_of_the_own_roles_may_and_is_led_there_and_back)),
        ["CONFIRMATION-NEEDED"] = (typeof(RepairTests), nameof(RepairTests.A_session_alone_repairs_nothing_it_takes_the_operators_card)),
        ["IDENTITY-NO-PHOTOGRAPH"] = (typeof(RepairTests), nameof(RepairTests.Where_there_is_no_photograph_it_cannot_have_been_compared)),
        ["IDENTITY-UNSURE"] = (typeof(RepairTests), nameof(RepairTests.A_receptionist_a_computer_that_is_not_approved_and_a_card_that_is_elsewhere_are_refused)),
        ["PUK-REFUSED"] = (typeof(RepairTests), nameof(RepairTests.A_card_that_takes_no_PUK_is_replaced)),
        ["PUK-UNKNOWN"] = (typeof(RepairTests), nameof(RepairTests.A_card_whose_PUK_was_never_recorded_is_replaced)),
        ["REPAIR-REASON"] = (typeof(RepairTests), nameof(RepairTests.A_card_that_works_is_repaired_for_a_reason_only)),
        ["REPAIR-REMOTE"] = (typeof(RepairTests), nameof(RepairTests.A_receptionist_a_computer_that_is_not_approved_and_a_card_that_is_elsewhere_are_refused)),
        ["RETRY-STOP"] = (typeof(RepairTests), nameof(RepairTests.A_repair_that_fails_twice_stops_and_neither_another_session_nor_another_computer_resets_the_count)),
        ["SERVICE-FAILED"] = (typeof(ConversationTests), nameof(ConversationTests.A_request_that_fails_is_refused_without_details)),
        ["SERVICE-UNREACHABLE"] = (typeof(ComputerRefusalTests), nameof(ComputerRefusalTests.A_server_that_has_stopped_cannot_be_reached_and_the_card_is_left_alone)),
    };

    [Fact]
    public void Every_refusal_code_has_its_test()
    {
        string[] catalogues = ["src/Lifecycle/Refusals.cs", "src/Agent/AgentRefusals.cs", "src/Server/AgentLink/AgentLinkRefusals.cs"];
        catalogues.SelectMany(name => Code().Matches(File.ReadAllText(Path.Combine(Repository.Root.FullName, name))))
            .Select(match => match.Groups[1].Value).Distinct()
            .ShouldBe(Shown.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Every_named_test_is_run() =>
        Shown.Values.Select(one => one.Tests.GetMethod(one.Test))
            .ShouldAllBe(method => method != null && method.GetCustomAttributes(typeof(FactAttribute), false).Length > 0);

    [GeneratedRegex("\"([A-Z]+(?:-[A-Z]+)+)\"")]
    private static partial Regex Code();
}
