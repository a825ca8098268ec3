namespace Evercard.Bench.Figures;

/// <summary>One line of the results.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Result">In words, with its unit.</param>
/// <param name="Limit">In words; empty where none is stated.</param>
/// <param name="Met">Null where there is no limit, or too little was measured to judge.</param>
internal sealed record Finding(string What, string Result, string Limit = "", bool? Met = null)
{
    /// <summary>"met", "MISSED" or nothing.</summary>
    public string Verdict => Met switch
    {
        true => "met",
        false => "MISSED",
        null => "",
    };

    public static Finding Limited(string what, string result, string limit, bool met) => new(what, result, limit, met);
}
