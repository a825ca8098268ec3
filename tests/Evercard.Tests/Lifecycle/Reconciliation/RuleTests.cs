using Evercard.Authority.Issuing;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Lifecycle.Reconciliation;

/// <summary>What is done about operations and certificates: row by row, and what holds for all rows at once.</summary>
public sealed class RuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
    private static readonly LifecycleOptions Options = new();

    public static TheoryData<string, string, string> Operations { get; } = new()
    {
        // What it is; hours since it was touched; hours to FinishBy and to the end of the certificates; then what is done.
        { "Renewal Completed begun touched 500 finish -100 ends -100", "Nothing", "it is done" },
        { "Repair Aborted begun touched 500 finish -100 ends -100", "Nothing", "it is ended already" },
        { "Renewal Open fresh touched 0.4 finish 300 ends 500", "Nothing", "it was only just asked for" },
        { "Renewal Open fresh touched 0.6 finish 300 ends 500", "Abort", "no key was touched in half an hour" },
        { "Renewal Waiting fresh touched 0.6 finish 300 ends 500", "Abort", "the same, whether it waits or not" },
        { "Repair Open fresh touched 0.6 finish 300 ends -300", "Abort", "a repair that nobody began" },
        { "Unlock Waiting fresh touched 0.6 finish 300 ends 500", "Abort", "an unlock never touches a key" },
        { "Unlock Open fresh touched 0.4 finish 300 ends 500", "Nothing", "an unlock goes on" },
        { "Issuance Open fresh touched 0.6 finish 20 ends none", "Nothing", "an issuance has its day" },
        { "Issuance Open fresh touched 30 finish -1 ends none", "Abort", "an issuance that nobody finished" },
        { "Renewal Open begun touched 0.01 finish 300 ends 500", "Nothing", "somebody is at it" },
        { "Renewal Open begun touched 0.1 finish 300 ends 500", "Show RenewalUnfinished", "the server died in the middle" },
        { "Renewal Waiting begun touched 0.01 finish 300 ends 500", "Show RenewalUnfinished", "the card was pulled out just now" },
        { "Renewal Waiting begun touched 340 finish 1 ends -100", "Show RenewalUnfinished", "expired, and an hour is left to finish" },
        { "Renewal Waiting begun touched 400 finish -1 ends 1", "Show RenewalUnfinished", "late, and the card has not expired: it may be finished" },
        { "Renewal Waiting begun touched 400 finish -1 ends -1", "VoidAndRevoke", "late and expired" },
        { "Renewal Waiting begun touched 400 finish -1 ends none", "VoidAndRevoke", "late, and the card has no certificates" },
        { "Renewal Open begun touched 0.1 finish -1 ends -1", "Nothing", "somebody is at it in the minute in which its time is over" },
        { "Repair Waiting begun touched 300 finish 1 ends -1", "Show RepairUnfinished", "any ID Checker can finish it" },
        { "Repair Waiting begun touched 400 finish -1 ends 500", "VoidAndRevoke", "a repair is begun anew with nothing lost" },
        { "Issuance Open begun touched 1 finish 20 ends none", "Show IssuanceUnfinished", "an issuance was cut" },
        { "Issuance Open begun touched 30 finish -1 ends none", "VoidAndRevoke", "an issuance was cut, and its day is over" },
        { "Renewal Waiting begun touched 1 finish 300 ends 500 cancelled", "VoidAndRevoke", "nobody finishes on a cancelled card" },
        { "Renewal Waiting begun touched 1 finish 300 ends 500 closed", "Show ProfileClosed", "nobody finishes for a closed profile" },
        { "Renewal Waiting begun touched 400 finish -1 ends -1 closed", "VoidAndRevoke", "its time is over for a closed profile, too" },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_is_dealt_with(string facts, string expected, string because)
    {
        var remedy = OperationRule.Of(Read(facts), Now, Options);
        (remedy is Remedy.Show show ? $"Show {show.Finding.Kind}" : remedy.GetType().Name).ShouldBe(expected, because);
    }

    public static TheoryData<string, string, string> Certificates { get; } = new()
    {
        { "Current Proven Completed", "Nothing", "it is on the card" },
        { "Current Proven Completed old", "Nothing", "expired, and still the card's" },
        { "Current none Aborted", "Nothing", "it counts, whatever else the books say" },
        { "none Issued Open", "Nothing", "it may still be written" },
        { "none Prepared Waiting", "Nothing", "it may still be signed and written" },
        { "none Issued Aborted", "CessationOfOperation", "its operation is over" },
        { "none Prepared Aborted", "CessationOfOperation", "prepared, and never to be issued" },
        { "none Voided Waiting", "CessationOfOperation", "its attempt was given up, and the operation goes on with another key" },
        { "none none Waiting", "CessationOfOperation", "the attempt got another certificate, because the name had changed" },
        { "none none Waiting new", "Nothing", "it was prepared this very minute" },
        { "none Voided Completed old", "Nothing", "it has expired by itself" },
        { "none Voided Completed revoked", "Nothing", "it is revoked already" },
        { "none Proven Completed", "Nothing", "proven on a card: the card is right and the books are not" },
        { "Superseded Proven Completed", "Superseded", "its successor was proven" },
        { "Revoked Voided Waiting", "CessationOfOperation", "its credential was revoked, and the authority does not know" },
        { "none none Waiting foreign", "Nothing", "no operation ordered it: it is not judged here" },
    };

    [Theory]
    [MemberData(nameof(Certificates))]
    public void A_certificate_is_dealt_with(string facts, string expected, string because)
    {
        var words = facts.Split(' ');
        var remedy = CertificateRule.Of(
            new CertificateFacts(
                words.Contains("revoked"), Now.AddHours(words.Contains("old") ? -1 : 1_000), Now.AddMinutes(words.Contains("new") ? -10 : -40), !words.Contains("foreign"),
                Enum.TryParse<CredentialStatus>(words[0], out var credential) ? credential : null, Enum.TryParse<StepState>(words[1], out var step) ? step : null,
                Enum.Parse<OperationState>(words[2])),
            Now, Options);
        (remedy is Remedy.VoidAndRevoke revoke ? $"{revoke.Reason}" : remedy.GetType().Name).ShouldBe(expected, because);
    }

    /// <summary>Books as they may be, contradictions included: whatever counts on a card is never revoked, and nothing is called compromised.</summary>
    [Fact]
    public void No_combination_revokes_the_certificate_that_counts_on_a_card()
    {
        var attempt =
            from state in Gen.Elements(Enum.GetValues<StepState>())
            from credential in Gen.Elements<CredentialStatus?>(null, CredentialStatus.Current, CredentialStatus.Superseded, CredentialStatus.Revoked)
            from isRevoked in ArbMap.Default.GeneratorFor<bool>()
            from preparedHoursAgo in Gen.Choose(0, 3)
            from daysLeft in Gen.Choose(-3, 3)
            from isLost in ArbMap.Default.GeneratorFor<bool>()
            select (State: state, Credential: credential, IsRevoked: isRevoked, PreparedHoursAgo: preparedHoursAgo, DaysLeft: daysLeft, IsLost: isLost);
        var books = from facts in AnyOperation() from attempts in attempt.ListOf() select (Facts: facts, Attempts: attempts);
        Prop.ForAll(books.ToArbitrary(), book =>
        {
            var steps = book.Attempts.Select((one, i) => new OperationStep
            {
                Id = Guid.NewGuid(), OperationId = Guid.Empty, KeyReference = 0x9A, Attempt = i + 1, State = one.State, Algorithm = 0x11, CertificateSerialNumber = $"{i}", CreatedAt = Now,
            }).ToList();
            var current = book.Attempts.Select((one, i) => (one, i)).Where(a => a.one.Credential == CredentialStatus.Current).Select(a => $"{a.i}").ToList();
            var ofOperation = OperationRule.Of(book.Facts, Now, Options);
            var revoked = ofOperation is Remedy.VoidAndRevoke ? steps.Select(step => ActEnding.OrphanOf(step, current)).OfType<string>().ToList() : [];
            var ofCertificates = book.Attempts.Select(one => CertificateRule.Of(
                new CertificateFacts(
                    one.IsRevoked, Now.AddDays(one.DaysLeft), Now.AddHours(-one.PreparedHoursAgo), IsOfOperation: true, one.Credential, one.IsLost ? null : one.State, book.Facts.State),
                Now, Options)).ToList();
            revoked.AddRange(ofCertificates.Select((remedy, i) => remedy is Remedy.VoidAndRevoke ? $"{i}" : null).OfType<string>());
            return !revoked.Intersect(current).Any()
                && ofCertificates.Append(ofOperation).OfType<Remedy.VoidAndRevoke>().All(one => one.Reason != RevocationReason.KeyCompromise);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void Whoever_may_finish_by_the_last_day_still_can_and_what_is_done_is_done_once() =>
        Prop.ForAll(AnyOperation().ToArbitrary(), facts =>
        {
            var remedy = OperationRule.Of(facts, Now, Options);
            var mayFinish = facts is { IsBegun: true, Card: not SmartcardStatus.Cancelled } && facts.FinishBy >= Now;
            var again = remedy is Remedy.Abort or Remedy.VoidAndRevoke ? OperationRule.Of(facts with { State = OperationState.Aborted }, Now, Options) : Remedy.Nothing.AtAll;
            return (!mayFinish || remedy is Remedy.Nothing or Remedy.Show) && again is Remedy.Nothing;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    private static Gen<OperationFacts> AnyOperation() =>
        from act in Gen.Elements(Enum.GetValues<Act>())
        from state in Gen.Elements(Enum.GetValues<OperationState>())
        from isBegun in ArbMap.Default.GeneratorFor<bool>()
        from touched in Gen.Choose(0, 90)
        from finish in Gen.Choose(-3, 3)
        from ends in Gen.Elements<int?>(null, -3, -1, 0, 1, 3)
        from card in Gen.Elements(Enum.GetValues<SmartcardStatus>())
        from holder in Gen.Elements(Enum.GetValues<PersonStatus>())
        select new OperationFacts(
            act, state, isBegun && act != Act.Unlock, Now.AddMinutes(-touched), Now.AddHours(finish), ends is { } hours ? Now.AddHours(hours) : null, card, holder, "EV-2222-22", "WARD4-PC1");

    private static OperationFacts Read(string facts)
    {
        var words = facts.Split(' ');
        double? After(string word) => words[Array.IndexOf(words, word) + 1] is "none" ? null : double.Parse(words[Array.IndexOf(words, word) + 1], System.Globalization.CultureInfo.InvariantCulture);
        return new OperationFacts(
            Enum.Parse<Act>(words[0]), Enum.Parse<OperationState>(words[1]), words[2] == "begun", Now.AddHours(-After("touched")!.Value), Now.AddHours(After("finish")!.Value),
            After("ends") is { } ends ? Now.AddHours(ends) : null, words.Contains("cancelled") ? SmartcardStatus.Cancelled : words[0] == "Issuance" ? SmartcardStatus.Issuing : SmartcardStatus.InUse,
            words.Contains("closed") ? PersonStatus.Closed : PersonStatus.Active, "EV-2222-22", "WARD4-PC1");
    }
}
