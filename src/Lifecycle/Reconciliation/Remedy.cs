using Evercard.Authority.Issuing;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>What is to be done about something that was begun and not finished.</summary>
public abstract record Remedy
{
    private Remedy()
    {
    }

    /// <summary>It is as it should be, or somebody is at it.</summary>
    public sealed record Nothing : Remedy
    {
        public static Nothing AtAll { get; } = new();
    }

    /// <summary>An operation that changed nothing on the card is ended.</summary>
    /// <param name="Because">As its event says it.</param>
    public sealed record Abort(string Because) : Remedy;

    /// <summary>Attempts that nobody will finish are voided, and certificates that no card was seen to hold are revoked.</summary>
    /// <param name="Because">As the event says it.</param>
    /// <param name="Reason">For the certificates. Never keyCompromise: that a certificate was left behind shows nothing of the sort.</param>
    public sealed record VoidAndRevoke(string Because, RevocationReason Reason) : Remedy;

    /// <summary>Only a person can put it right.</summary>
    /// <param name="Finding">What that person is told.</param>
    public sealed record Show(Finding Finding) : Remedy;
}
