using Evercard.Lifecycle.ServiceDesk;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Registry;

namespace Evercard.Tests.Lifecycle.ServiceDesk;

/// <summary>What the service desk reads: a table of journals.</summary>
public sealed class WhatHappenedTests
{
    private const byte LogInKey = 0x9A;
    private const byte SignatureKey = 0x9C;

    private static readonly DateTimeOffset Now = Some.Now;

    /// <summary>States of the steps as "9A=Staged 9C=Voided!"; "!" is a step of which a new key is known. Days until the old certificates end; "none" where there are none.</summary>
    [Theory]
    [InlineData("Waiting", "", "68", "Works", "Works")]
    [InlineData("Waiting", "9C=Intended", "68", "Works", "Unproven")]
    [InlineData("Waiting", "9C=Staged!", "68", "Works", "Unproven")]
    [InlineData("Waiting", "9C=Prepared!", "68", "Works", "Unproven")]
    [InlineData("Open", "9C=Issued!", "68", "Works", "Unproven")]
    [InlineData("Waiting", "9C=Proven!", "68", "Works", "Works")]
    [InlineData("Waiting", "9C=Proven! 9A=Intended", "68", "Unproven", "Works")]
    [InlineData("Completed", "9C=Proven! 9A=Proven!", "68", "Works", "Works")]
    [InlineData("Waiting", "9C=Voided", "68", "Works", "Works")]
    [InlineData("Waiting", "9C=Voided!", "68", "Works", "Unproven")]
    [InlineData("Waiting", "9C=Voided! 9C=Intended", "68", "Works", "Unproven")]
    [InlineData("Waiting", "9C=Voided! 9C=Proven!", "68", "Works", "Works")]
    [InlineData("Aborted", "9C=Voided", "68", "Works", "Unproven")]
    [InlineData("Aborted", "", "68", "Works", "Works")]
    [InlineData("Waiting", "", "-12", "Expired", "Expired")]
    [InlineData("Waiting", "9C=Staged!", "-12", "Expired", "Unproven")]
    [InlineData("Open", "", "none", "Missing", "Missing")]
    public void Whether_a_card_can_be_used_follows_from_its_journal(string state, string steps, string daysLeft, string logIn, string signature)
    {
        var operation = Operation(Enum.Parse<OperationState>(state));
        CardUse.Of(operation, Steps(steps), Current(daysLeft), Now).ShouldBe(new CardUse(Enum.Parse<KeyUse>(logIn), Enum.Parse<KeyUse>(signature)));
    }

    /// <summary>The acts replace one key and prove it before they touch the other.</summary>
    [Fact]
    public void At_most_one_key_is_unproven_at_any_step_of_an_act()
    {
        string[] journey = ["", "9C=Intended", "9C=Staged!", "9C=Prepared!", "9C=Issued!", "9C=Proven!", "9C=Proven! 9A=Intended", "9C=Proven! 9A=Issued!", "9C=Proven! 9A=Proven!"];
        foreach (var steps in journey)
        {
            var use = CardUse.Of(Operation(OperationState.Waiting), Steps(steps), Current("68"), Now);
            new[] { use.LogIn, use.Signature }.Count(one => one == KeyUse.Unproven).ShouldBeLessThanOrEqualTo(1, steps);
        }
    }

    [Theory]
    [InlineData("Waiting", "", "68", "Yes, until 29 January 2027.")]
    [InlineData("Waiting", "9C=Staged!", "68", "It logs in. It does not sign until the renewal is finished.")]
    [InlineData("Waiting", "9C=Proven! 9A=Staged!", "68", "It may not log in until the renewal is finished: one key is being replaced. The other one is as it was.")]
    [InlineData("Waiting", "", "-12", "No. Its log-in certificate has expired: it needs Repair, with the card and its holder in front of an ID Checker.")]
    [InlineData("Waiting", "", "none", "No. It was never finished.")]
    public void Whether_a_card_can_be_used_is_told_in_words(string state, string steps, string daysLeft, string words) =>
        Of(Operation(Enum.Parse<OperationState>(state)), steps, daysLeft).Usable.ShouldBe(words);

    [Fact]
    public void A_cancelled_card_cannot_be_used_whatever_the_journal_says() =>
        Of(Operation(OperationState.Completed), "", "68", SmartcardStatus.Cancelled).Usable.ShouldBe("No. This smartcard was cancelled.");

    [Fact]
    public void A_stopped_renewal_is_told_with_cause_step_and_what_to_say()
    {
        var operation = Stopped("CARD-REMOVED", "The smartcard was taken out before we finished. It is safe.", "Put it back and enter the passcode.");
        var what = Of(operation, "9C=Proven! 9A=Staged!", "68", others: 17);
        what.Person.ShouldBe("W. H., Thistledown Hospitals (demo)");
        what.Cause.ShouldBe("The smartcard was taken out before we finished. It is safe.");
        what.Say.ShouldBe("Put it back and enter the passcode.");
        what.Code.ShouldBe("CARD-REMOVED");
        what.Others.ShouldBe("17 others had CARD-REMOVED in the last hour.");
        what.Reached.ShouldBe(["Signature certificate: done.", "Log-in certificate: the new key is made; it has no certificate yet."]);
        what.Act.ShouldStartWith("Renewal, begun on 22 November 2026 at 9:00am");
        what.State.ShouldStartWith("Stopped on 22 November 2026 at 9:00am. It can be finished until ");
    }

    [Theory]
    [InlineData(0, "Nobody else had CA-DOWN in the last hour.")]
    [InlineData(1, "1 other person had CA-DOWN in the last hour.")]
    [InlineData(2, "2 others had CA-DOWN in the last hour.")]
    public void It_is_told_whether_it_is_one_person_or_everybody(int others, string words) =>
        Of(Stopped("CA-DOWN", "We cannot make certificates just now.", "Try again later."), "", "68", others: others).Others.ShouldBe(words);

    [Fact]
    public void Whoever_has_rung_is_not_told_to_ring() =>
        Of(Stopped("RETRY-STOP", "This failed twice, so we have stopped.", "Ring the service desk and give EV-7K4Q-92."), "", "68").Say.ShouldNotContain("Ring");

    [Fact]
    public void No_full_name_comes_out()
    {
        var own = Of(Stopped("SOMETHING-ELSE", "Wren Holloway did it.", "Ask Wren Holloway."), "", "68");
        own.ToString().ShouldNotContain("Holloway");
        Of(Stopped("CARD-NOT-YOURS", "This is Callum Marsh's smartcard. You are logged in as Wren Holloway.", "Put your own card in."), "", "68").ToString().ShouldNotContain("Marsh");
    }

    [Fact]
    public void Nothing_that_names_a_person_or_card_by_number_comes_out()
    {
        var told = Of(Stopped("CARD-REMOVED", "It was taken out.", "Put it back."), "9C=Staged!", "68").ToString();
        told.ShouldNotContain(Some.Uuid);
        told.ShouldNotContain($"{Some.CardId}");
        told.ShouldNotContain("0412 7731");
    }

    [Theory]
    [InlineData("Wren Holloway", "W. H.")]
    [InlineData("Anne-Marie O'Neil", "A. M. O.")]
    [InlineData("  Zed  ", "Z.")]
    public void Initials_are_the_first_letters(string name, string initials) => WhatHappened.Initials(name).ShouldBe(initials);

    [Fact]
    public void A_finished_act_needs_nothing()
    {
        var what = Of(Operation(OperationState.Completed), "9C=Proven! 9A=Proven!", "730");
        what.Cause.ShouldBe("Nothing stopped it.");
        what.Code.ShouldBeNull();
        what.Others.ShouldBe("There is no cause to compare.");
    }

    [Fact]
    public void An_unlock_that_was_cut_touched_no_key_and_is_begun_anew()
    {
        var unlock = Some.Operation(act: Act.Unlock);
        (unlock.State, unlock.StoppedCode, unlock.StoppedDetail, unlock.StoppedNextStep) = (OperationState.Waiting, "CARD-REMOVED", "The smartcard was taken out.", null);
        var what = WhatHappened.Of(
            new ReferenceFacts(unlock, [], Operation(OperationState.Completed), Steps("9C=Proven! 9A=Proven!"), Current("68"), SmartcardStatus.InUse, "Wren Holloway", "Thistledown Hospitals (demo)", 0),
            Now, TimeZoneInfo.Utc);
        what.Act.ShouldStartWith("Unlock, begun on");
        what.State.ShouldEndWith("It can be begun anew.");
        what.Reached.ShouldBe(["Perhaps the new passcode is set, perhaps not. No key was touched."]);
        what.Say.ShouldStartWith("Try the new passcode.");
        what.Usable.ShouldStartWith("Yes, until");
    }

    private static WhatHappened Of(Operation operation, string steps, string daysLeft, SmartcardStatus card = SmartcardStatus.InUse, int others = 0)
    {
        var journal = Steps(steps);
        return WhatHappened.Of(
            new ReferenceFacts(operation, journal, operation, journal, Current(daysLeft), card, "Wren Holloway", "Thistledown Hospitals (demo)", others), Now, TimeZoneInfo.Utc);
    }

    private static Operation Operation(OperationState state)
    {
        var operation = Some.Operation();
        operation.State = state;
        return operation;
    }

    private static Operation Stopped(string code, string detail, string next)
    {
        var operation = Operation(OperationState.Waiting);
        (operation.StoppedCode, operation.StoppedDetail, operation.StoppedNextStep) = (code, detail, next);
        return operation;
    }

    private static List<OperationStep> Steps(string told)
    {
        var attempts = new Dictionary<byte, int>();
        return [.. told.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one =>
        {
            var key = one.StartsWith("9A", StringComparison.Ordinal) ? LogInKey : SignatureKey;
            return new OperationStep
            {
                Id = Guid.NewGuid(),
                OperationId = Guid.NewGuid(),
                KeyReference = key,
                Attempt = attempts[key] = attempts.GetValueOrDefault(key) + 1,
                State = Enum.Parse<StepState>(one[3..].TrimEnd('!')),
                PublicKey = one.EndsWith('!') ? [1] : null,
                Algorithm = 0x11,
                CreatedAt = Now,
            };
        })];
    }

    private static List<Credential> Current(string daysLeft) => daysLeft == "none" ? [] :
        [.. new[] { LogInKey, SignatureKey }.Select(key => new Credential
        {
            Id = Guid.NewGuid(),
            SmartcardId = Some.CardId,
            KeyReference = key,
            Algorithm = 0x11,
            PublicKey = [1],
            Origin = KeyOrigin.Unproven,
            CertificateSerialNumber = "01",
            Certificate = [1],
            NotAfter = Now.AddDays(int.Parse(daysLeft, System.Globalization.CultureInfo.InvariantCulture)),
            OperationId = Guid.NewGuid(),
            CreatedAt = Now,
        })];
}
