using Evercard.Agent.CardScripts;
using Evercard.DevHost.SampleCards;

namespace Evercard.DevHost.Renew;

/// <summary>The passcode from the terminal: typed without echo, or one line of standard input; sample cards use the sample passcode.</summary>
/// <param name="fromStandardInput">One line of it.</param>
/// <param name="time">Ends what is held.</param>
/// <param name="prompt">What is asked for.</param>
internal sealed class TerminalPasscode(bool fromStandardInput, TimeProvider time, string prompt = "Passcode (also called PIN)") : IDisposable
{
    private char[]? digits;

    /// <summary>Asks once; each act gets its own copy, which it zeroes.</summary>
    /// <returns>Null where what was typed is no passcode: PASSCODE-FORMAT, no try is used.</returns>
    public HeldPasscode? For(bool sampleCard)
    {
        digits ??= fromStandardInput ? (Console.In.ReadLine() ?? string.Empty).ToCharArray()
            : sampleCard ? SampleWard.Passcode.ToCharArray()
            : Typed(prompt);
        return HeldPasscode.TryHold(digits, time, out var held) ? held : null;
    }

    public void Dispose()
    {
        if (digits is not null)
        {
            Array.Clear(digits);
        }
    }

    private static char[] Typed(string prompt)
    {
        Console.Error.Write($"{prompt}: ");
        var typed = new List<char>();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && typed.Count > 0)
            {
                typed.RemoveAt(typed.Count - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Add(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return [.. typed];
    }
}
