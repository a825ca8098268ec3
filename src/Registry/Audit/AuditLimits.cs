namespace Evercard.Registry.Audit;

/// <summary>Largest sizes in an audit event, in characters.</summary>
internal static class AuditLimits
{
    public const int Kind = 64;
    public const int FactName = 64;
    public const int Fact = 1000;
    public const int Facts = 64;

    /// <exception cref="ArgumentException">Something is too long, or empty where a name is needed.</exception>
    public static void Check(AuditEvent what)
    {
        if (what.Kind.Length is 0 or > Kind)
        {
            throw new ArgumentException($"The kind of an audit event has 1 to {Kind} characters.", nameof(what));
        }

        if (what.Facts.Count > Facts)
        {
            throw new ArgumentException($"An audit event has at most {Facts} facts.", nameof(what));
        }

        foreach (var (name, fact) in what.Facts)
        {
            if (name.Length is 0 or > FactName || fact.Length > Fact)
            {
                // The fact itself is not repeated here: exception texts reach logs.
                throw new ArgumentException($"A fact has a name of 1 to {FactName} characters and at most {Fact} characters of text.", nameof(what));
            }
        }
    }
}
