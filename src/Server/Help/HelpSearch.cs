namespace Evercard.Server.Help;

/// <summary>A page of the help that fits what was searched for.</summary>
public sealed record HelpFound(string Title, string Href, string Kind);

/// <summary>Finds guides and refusals by their words. Every word has to be there, or another one for the same thing.</summary>
public static class HelpSearch
{
    public const int LongestQuery = 100;

    /// <summary>Words for one thing: what people call it, beginning with what it is called here.</summary>
    private static readonly string[][] SameThing =
    [
        ["repair", "repairs", "repaired", "reissue", "re-issue", "re-isssue"],
        ["passcode", "passcodes", "pin", "password"],
        ["smartcard", "smartcards", "card", "cards"],
        ["expired", "expires", "expiry", "expire", "ended", "end", "ends"],
        ["renew", "renewal", "renewing", "renewed", "renews", "extend"],
        ["locked", "unlock", "unlocks", "unlocked", "blocked", "lock", "locks"],
        ["log", "login", "logon", "logged", "sign", "signed"],
        ["computer", "pc", "laptop"],
        ["agent", "program", "software"],
        ["forgotten", "forgot", "forget"],
    ];

    private static readonly string[] SaysNothing = ["a", "an", "and", "can", "do", "does", "for", "how", "i", "in", "is", "my", "not", "of", "on", "or", "the", "to", "what", "with", "your"];

    private static readonly List<(HelpFound Page, HashSet<string> Title, HashSet<string> Words)> Pages =
    [
        .. Guide.All.Select(g => (new HelpFound(g.Title, g.Href, "Guide"), Words(g.Title), Words(g.Text))),
        .. RefusalHelp.All.Select(r => (
            new HelpFound(r.Title, r.Href, r.Code), Words($"{r.Title} {r.Code}"), Words($"{r.Title} {r.Code} {r.Meaning} {string.Join(' ', r.Steps)}"))),
    ];

    /// <returns>The best first: those with the most of the words in their title.</returns>
    public static IReadOnlyList<HelpFound> Find(string query)
    {
        if (RefusalHelp.Find(query.Trim()) is { } exact)
        {
            return [new HelpFound(exact.Title, exact.Href, exact.Code)];
        }

        var wanted = Words(query[..Math.Min(query.Length, LongestQuery)]).Except(SaysNothing).Select(Alike).ToList();
        return wanted.Count == 0 ? [] :
            [.. Pages.Where(page => wanted.All(page.Words.Overlaps)).OrderByDescending(page => wanted.Count(page.Title.Overlaps)).Select(page => page.Page)];
    }

    private static string[] Alike(string word) => Array.Find(SameThing, words => words.Contains(word)) ?? [word];

    /// <summary>In small letters. "re-issue" and "CARD-LOCKED" count as one word and as their parts.</summary>
    private static HashSet<string> Words(string text)
    {
        var whole = text.ToLowerInvariant().Split([.. text.Where(c => !char.IsLetterOrDigit(c) && c != '-').Distinct()], StringSplitOptions.RemoveEmptyEntries);
        return [.. whole, .. whole.Where(word => word.Contains('-')).SelectMany(word => SameThing.Any(words => words.Contains(word)) ? [] : word.Split('-', StringSplitOptions.RemoveEmptyEntries))];
    }
}
