using Evercard.Authority.Issuing;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>All that decides what is to be done about one certificate of the authority.</summary>
/// <param name="IsRevoked">The authority has revoked it.</param>
/// <param name="NotAfter">Its last second.</param>
/// <param name="PreparedAt">When its bytes were stored.</param>
/// <param name="IsOfOperation">It was ordered by an operation that is on the books. Any other is not judged here.</param>
/// <param name="Credential">The credential that it belongs to; null where it never became one.</param>
/// <param name="Step">The attempt that it was made for; null where the attempt was given another one since.</param>
/// <param name="Operation">State of the operation that ordered it.</param>
public sealed record CertificateFacts(
    bool IsRevoked, DateTimeOffset NotAfter, DateTimeOffset PreparedAt, bool IsOfOperation, CredentialStatus? Credential, StepState? Step, OperationState Operation);

/// <summary>
/// Certificates, prepared or issued, that no card was ever seen to hold: a pure function. A certificate that counts on a card is never touched, nor one
/// that an open operation may still bring to its card.
/// </summary>
public static class CertificateRule
{
    private const string NobodyHoldsIt = "no smartcard was seen to hold it";

    public static Remedy Of(CertificateFacts facts, DateTimeOffset now, LifecycleOptions options) => facts switch
    {
        { IsRevoked: true } or { IsOfOperation: false } or { Credential: CredentialStatus.Current } => Remedy.Nothing.AtAll,

        // Its time is over by itself.
        _ when facts.NotAfter < now => Remedy.Nothing.AtAll,
        { Credential: CredentialStatus.Superseded } => new Remedy.VoidAndRevoke("a proven successor took its place", RevocationReason.Superseded),
        { Credential: CredentialStatus.Revoked } => new Remedy.VoidAndRevoke("its credential was revoked", RevocationReason.CessationOfOperation),

        // Proven on a card, and no credential: the books contradict each other, and the card is right.
        { Step: StepState.Proven } => Remedy.Nothing.AtAll,
        { Step: not (null or StepState.Voided), Operation: OperationState.Open or OperationState.Waiting } => Remedy.Nothing.AtAll,
        _ when facts.PreparedAt + options.AbandonUntouchedAfter >= now => Remedy.Nothing.AtAll,
        _ => new Remedy.VoidAndRevoke(NobodyHoldsIt, RevocationReason.CessationOfOperation),
    };
}
