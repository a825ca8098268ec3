namespace Evercard.Registry.Journal;

public enum Act
{
    Issuance,
    Renewal,
    Repair,

    /// <summary>Another passcode without the old one. It touches no key, and runs beside the others.</summary>
    Unlock,
}

public enum OperationState
{
    /// <summary>A card is being worked on.</summary>
    Open,

    /// <summary>Waits until the card is seen again.</summary>
    Waiting,

    Completed,
    Aborted,
}

/// <summary>One act on one card, from its opening to its end. At most one on its keys is Open or Waiting, and at most one unlock beside it.</summary>
public sealed class Operation
{
    public required Guid Id { get; init; }

    /// <summary>EV-XXXX-XX: what people read to the service desk.</summary>
    public required string Reference { get; init; }

    public required Act Act { get; init; }

    public required Guid SmartcardId { get; init; }

    public required string PersonUuid { get; init; }

    public OperationState State { get; set; }

    /// <summary>Plus one at each take-over; a script or reply of a lower epoch is stale.</summary>
    public int Epoch { get; set; }

    /// <summary>The agent that works on it, or did last.</summary>
    public required string AgentId { get; set; }

    /// <summary>Name of that agent's computer, as people know it.</summary>
    public required string ComputerName { get; set; }

    /// <summary>One notAfter for both certificates, fixed when the operation opens.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset FinishBy { get; init; }

    /// <summary>When a server last worked on it; tells a live operation from one left behind.</summary>
    public required DateTimeOffset TouchedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Code of the refusal with which the last visit ended; null while one is under way and once it is done.</summary>
    public string? StoppedCode { get; set; }

    /// <summary>What that refusal said is true.</summary>
    public string? StoppedDetail { get; set; }

    /// <summary>What it said to do next.</summary>
    public string? StoppedNextStep { get; set; }

    /// <summary>Passcode tries left, where the refusal was about them.</summary>
    public int? StoppedTriesLeft { get; set; }

    /// <summary>When the present visit began.</summary>
    public DateTimeOffset? VisitBeganAt { get; set; }

    /// <summary>Who does it for the cardholder; null where cardholders do it themselves.</summary>
    public string? OperatorUuid { get; set; }

    /// <summary>The operator's own card.</summary>
    public Guid? OperatorSmartcardId { get; set; }

    /// <summary>The operator's log-in (<see cref="Computers.Session.Id"/>).</summary>
    public string? OperatorSessionId { get; set; }

    /// <summary>How the operator knew the cardholder: "photograph", or the kind of photo ID.</summary>
    public string? IdentityEvidence { get; set; }

    /// <summary>Why a card is repaired that has not expired, as the operator put it.</summary>
    public string? Reason { get; set; }

    /// <summary>When the operator confirmed this very act with card and passcode; null while that is to be done.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>What the operator's card signed, encoded.</summary>
    public byte[]? ConfirmationStatement { get; set; }

    /// <summary>Its signature.</summary>
    public byte[]? ConfirmationSignature { get; set; }

    /// <summary>The second try that ends with an error stops an act at a desk.</summary>
    public const int MostFailures = 2;

    /// <summary>Tries that ended with an error: the second one stops the act, on whichever computer it was.</summary>
    public int Failures { get; set; }

    /// <summary>Why it was aborted; null otherwise.</summary>
    public string? ClosedBecause { get; set; }

    /// <summary>
    /// Whose log-in does it for the cardholder from now on; null: the cardholder's own. Where errors had stopped it, whoever helps now was let in long
    /// enough after them for somebody to have looked after the cause: they count anew.
    /// </summary>
    public void HelpedBy(Computers.Session? helper)
    {
        (OperatorUuid, OperatorSmartcardId, OperatorSessionId) = (helper?.PersonUuid, helper?.SmartcardId, helper?.Id);
        Failures = helper is not null && Failures >= MostFailures ? 0 : Failures;
    }

    /// <summary>Work on it begins, or goes on, at a computer.</summary>
    public void BeginVisit(string agentId, string computerName, DateTimeOffset now)
    {
        (AgentId, ComputerName, TouchedAt, VisitBeganAt) = (agentId, computerName, now, now);
        (StoppedCode, StoppedDetail, StoppedNextStep, StoppedTriesLeft) = (null, null, null, null);
    }
}

/// <summary>How far one key has come. A slot without a step is Idle; Voided counts as Idle with the next attempt.</summary>
public enum StepState
{
    /// <summary>GENERATE may have run: the old key may be gone.</summary>
    Intended,

    /// <summary>The new public key, its origin and its proof are recorded.</summary>
    Staged,

    /// <summary>Serial number and to-be-signed bytes are stored.</summary>
    Prepared,

    /// <summary>The certificate exists.</summary>
    Issued,

    /// <summary>Read back from the card and proven after a reset.</summary>
    Proven,

    /// <summary>Given up; whatever was issued for it is revoked.</summary>
    Voided,
}

/// <summary>One attempt at one key of an operation: the journal.</summary>
public sealed class OperationStep
{
    public required Guid Id { get; init; }

    public required Guid OperationId { get; init; }

    /// <summary>9A or 9C.</summary>
    public required byte KeyReference { get; init; }

    /// <summary>n: 1 for the first key generated in this slot by this operation.</summary>
    public required int Attempt { get; init; }

    public StepState State { get; set; }

    /// <summary>Algorithm identifier of the key (SP 800-78-5).</summary>
    public required byte Algorithm { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER; null until Staged.</summary>
    public byte[]? PublicKey { get; set; }

    public Smartcards.KeyOrigin Origin { get; set; }

    /// <summary>The statement that the new key signed, encoded; null until Staged.</summary>
    public byte[]? ProofStatement { get; set; }

    /// <summary>The card's signature over it.</summary>
    public byte[]? ProofSignature { get; set; }

    /// <summary>The agent that handed in the key.</summary>
    public string? StagedByAgentId { get; set; }

    public string? CertificateSerialNumber { get; set; }

    /// <summary>The certificate, DER; null until Issued.</summary>
    public byte[]? Certificate { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }
}
