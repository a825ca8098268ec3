using Evercard.Cards.Piv;
using Evercard.Lifecycle.Renewal;
using static Evercard.Lifecycle.Renewal.NextStep;

namespace Evercard.Tests.Lifecycle;

/// <summary>The state table of docs/renewal.md: one row for every cell, with the other slot proven by its old key.</summary>
public sealed class NextStepTests
{
    private const KeyReference Slot = KeyReference.Signature;

    public static TheoryData<SlotJournal, ObservedKey, ObservedCertificate, NextStep> Cells => new()
    {
        { SlotJournal.Idle, ObservedKey.Old, ObservedCertificate.Old, new Generate(Slot, NewAttempt: true) },
        { SlotJournal.Idle, ObservedKey.New, ObservedCertificate.Old, new Wait(WaitReason.CardUnknown) },
        { SlotJournal.Idle, ObservedKey.None, ObservedCertificate.Old, new Generate(Slot, NewAttempt: true, Alarm: true) },
        { SlotJournal.Voided, ObservedKey.Old, ObservedCertificate.Old, new Generate(Slot, NewAttempt: true) },
        { SlotJournal.Voided, ObservedKey.New, ObservedCertificate.Old, new Wait(WaitReason.CardUnknown) },
        { SlotJournal.Voided, ObservedKey.None, ObservedCertificate.Old, new Generate(Slot, NewAttempt: true) },
        { SlotJournal.Intended, ObservedKey.Old, ObservedCertificate.Old, new Generate(Slot, NewAttempt: false) },
        { SlotJournal.Intended, ObservedKey.New, ObservedCertificate.Old, new Wait(WaitReason.CardUnknown) },
        { SlotJournal.Intended, ObservedKey.None, ObservedCertificate.Old, new Generate(Slot, NewAttempt: true) },
        { SlotJournal.Staged, ObservedKey.Old, ObservedCertificate.Old, new NextStep.Void(Slot, Revoke: false, Quarantine: true) },
        { SlotJournal.Staged, ObservedKey.New, ObservedCertificate.Old, new Issue(Slot) },
        { SlotJournal.Staged, ObservedKey.None, ObservedCertificate.Old, new NextStep.Void(Slot, Revoke: false, Quarantine: false) },
        { SlotJournal.Prepared, ObservedKey.Old, ObservedCertificate.Old, new NextStep.Void(Slot, Revoke: false, Quarantine: true) },
        { SlotJournal.Prepared, ObservedKey.New, ObservedCertificate.Old, new Issue(Slot) },
        { SlotJournal.Prepared, ObservedKey.None, ObservedCertificate.Old, new NextStep.Void(Slot, Revoke: false, Quarantine: false) },
        { SlotJournal.Issued, ObservedKey.Old, ObservedCertificate.Old, new NextStep.Void(Slot, Revoke: true, Quarantine: true) },
        { SlotJournal.Issued, ObservedKey.New, ObservedCertificate.Old, new Write(Slot) },
        { SlotJournal.Issued, ObservedKey.New, ObservedCertificate.Other, new Write(Slot) },
        { SlotJournal.Issued, ObservedKey.New, ObservedCertificate.New, new Prove(Slot) },
        { SlotJournal.Issued, ObservedKey.None, ObservedCertificate.Old, new NextStep.Void(Slot, Revoke: true, Quarantine: false) },
        { SlotJournal.Proven, ObservedKey.Old, ObservedCertificate.New, new NextStep.Void(Slot, Revoke: true, Quarantine: true) },
        { SlotJournal.Proven, ObservedKey.New, ObservedCertificate.Other, new Write(Slot) },
        { SlotJournal.Proven, ObservedKey.New, ObservedCertificate.Old, new Write(Slot) },
        { SlotJournal.Proven, ObservedKey.New, ObservedCertificate.New, new Generate(KeyReference.Authentication, NewAttempt: true) },
        { SlotJournal.Proven, ObservedKey.None, ObservedCertificate.New, new NextStep.Void(Slot, Revoke: true, Quarantine: false) },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_cell_of_the_table_names_its_step(SlotJournal journal, ObservedKey key, ObservedCertificate certificate, NextStep expected) =>
        NextStep.For(new(new(Slot, journal, key, certificate), Authentication())).ShouldBe(expected);

    [Fact]
    public void The_table_has_a_cell_for_every_journal_state_and_every_key_that_can_be_told()
    {
        var cells = Cells.Select(row => ((SlotJournal)((object[])row)[0], (ObservedKey)((object[])row)[1])).ToHashSet();
        foreach (var journal in Enum.GetValues<SlotJournal>())
        {
            foreach (var key in new[] { ObservedKey.Old, ObservedKey.New, ObservedKey.None })
            {
                cells.ShouldContain((journal, key));
            }
        }
    }

    [Fact]
    public void A_key_that_cannot_be_told_allows_no_step()
    {
        foreach (var journal in Enum.GetValues<SlotJournal>())
        {
            NextStep.For(new(new(Slot, journal, ObservedKey.Unknown, default), Authentication())).ShouldBe(new Wait(WaitReason.CardUnknown));
            NextStep.For(new(Signature(), new(KeyReference.Authentication, journal, ObservedKey.Unknown, default))).ShouldBe(new Wait(WaitReason.CardUnknown));
        }
    }

    [Fact]
    public void The_only_key_that_proves_is_never_overwritten()
    {
        foreach (var one in All())
        {
            foreach (var other in All())
            {
                var signature = one with { Key = KeyReference.Signature };
                var authentication = other with { Key = KeyReference.Authentication };
                var next = NextStep.For(new(signature, authentication));
                if (next is Generate generate)
                {
                    var kept = generate.Key == KeyReference.Signature ? authentication : signature;
                    kept.Proves.ShouldBeTrue($"{next} with {signature} and {authentication}");
                }
            }
        }
    }

    [Fact]
    public void A_renewal_closes_only_when_both_keys_and_both_certificates_are_the_new_ones()
    {
        foreach (var one in All())
        {
            foreach (var other in All())
            {
                var (signature, authentication) = (one with { Key = KeyReference.Signature }, other with { Key = KeyReference.Authentication });
                if (NextStep.For(new(signature, authentication)) is Close)
                {
                    new[] { signature, authentication }.ShouldAllBe(
                        s => s.Journal == SlotJournal.Proven && s.Observed == ObservedKey.New && s.Certificate == ObservedCertificate.New);
                }
            }
        }
    }

    [Fact]
    public void The_slot_in_flight_is_finished_before_the_other_is_begun()
    {
        var inFlight = new SlotSituation(KeyReference.Authentication, SlotJournal.Issued, ObservedKey.New, ObservedCertificate.Old);
        NextStep.For(new(Signature(), inFlight)).ShouldBe(new Write(KeyReference.Authentication));
    }

    [Fact]
    public void A_key_that_is_gone_is_replaced_before_a_sound_one()
    {
        var gone = new SlotSituation(KeyReference.Authentication, SlotJournal.Idle, ObservedKey.None, ObservedCertificate.Old);
        NextStep.For(new(Signature(), gone)).ShouldBe(new Generate(KeyReference.Authentication, NewAttempt: true, Alarm: true));
    }

    [Fact]
    public void A_card_on_which_no_key_proves_is_for_repair()
    {
        var gone = new SlotSituation(Slot, SlotJournal.Intended, ObservedKey.None, ObservedCertificate.Old);
        NextStep.For(new(gone, gone with { Key = KeyReference.Authentication, Journal = SlotJournal.Idle })).ShouldBe(new Repair());
    }

    [Fact]
    public void After_two_keys_or_two_writes_in_one_visit_the_renewal_waits()
    {
        var keys = new SlotSituation(Slot, SlotJournal.Voided, ObservedKey.None, ObservedCertificate.Old, KeysThisVisit: 2);
        var writes = new SlotSituation(Slot, SlotJournal.Issued, ObservedKey.New, ObservedCertificate.Old, WritesThisVisit: 2);
        NextStep.For(new(keys, Authentication())).ShouldBe(new Wait(WaitReason.CardFaulty));
        NextStep.For(new(writes, Authentication())).ShouldBe(new Wait(WaitReason.CardFaulty));
    }

    [Fact]
    public void An_agent_that_lied_gets_no_more_keys() =>
        NextStep.For(new(new(Slot, SlotJournal.Voided, ObservedKey.Old, ObservedCertificate.Old), Authentication(), AgentQuarantined: true))
            .ShouldBe(new Wait(WaitReason.AgentQuarantined));

    private static SlotSituation Signature() => new(KeyReference.Signature, SlotJournal.Idle, ObservedKey.Old, ObservedCertificate.Old);

    private static SlotSituation Authentication() => new(KeyReference.Authentication, SlotJournal.Idle, ObservedKey.Old, ObservedCertificate.Old);

    private static IEnumerable<SlotSituation> All() =>
        from journal in Enum.GetValues<SlotJournal>()
        from key in Enum.GetValues<ObservedKey>()
        from certificate in Enum.GetValues<ObservedCertificate>()
        select new SlotSituation(Slot, journal, key, certificate);
}
