namespace Evercard.Agent.Tray;

/// <summary>The words that are shown when the pointer rests on the icon.</summary>
public static class TrayTooltip
{
    /// <summary>A name is cut here, so that the days behind it are always seen.</summary>
    private const int LongestName = 40;

    /// <returns>Version, connection and days left, e.g. "Identity Agent 1.0.3. Connected. Wren Holloway: expires in 68 days".</returns>
    public static string Of(TrayState state)
    {
        string?[] sentences = [$"Identity Agent {state.Version}", state.Connected ? "Connected" : "Not connected", state.Problem, Card(state)];
        return string.Join(". ", sentences.Where(sentence => sentence is not null));
    }

    /// <summary>Cuts a text, with an ellipsis, to at most this many UTF-16 units.</summary>
    internal static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest - 1;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)}…";
    }

    private static string Card(TrayState state)
    {
        if (!state.CardIn)
        {
            return "No smartcard";
        }

        // The name was read from a card that anybody may have made.
        var name = state.HolderName is { } read ? Cut(string.Concat(read.Where(c => !char.IsControl(c))), LongestName) : "Smartcard";
        return state.DaysLeft switch
        {
            null => name,
            < 0 => $"{name}: expired",
            0 => $"{name}: expires today",
            1 => $"{name}: expires in 1 day",
            { } days => $"{name}: expires in {days} days",
        };
    }
}
