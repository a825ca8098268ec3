using System.Diagnostics;
using Evercard.Journeys.Support;

namespace Evercard.Bench.Pages;

/// <summary>One renewal as the person at the browser waits for it.</summary>
/// <param name="ToLogIn">Seconds from the card in the reader to «Log in» shown, in a browser that is open already.</param>
/// <param name="ToSuccess">Seconds from [Confirm] to «Success» shown.</param>
internal sealed record RenewalSeen(double ToLogIn, double ToSuccess)
{
    /// <summary>A fresh card, renewed by a person with a fresh browser window.</summary>
    /// <param name="stage">Server, agent and browser.</param>
    /// <param name="speed">Of the card.</param>
    public static async Task<RenewalSeen> Measure(Stage stage, string speed)
    {
        var card = await stage.SampleCard("wren", speed);
        await using var wren = await stage.Enter("bench");
        var inserted = Stopwatch.GetTimestamp();
        await stage.Insert(card);
        await wren.SeesWindow();
        await wren.Window.Heading("Log in").WaitForAsync();
        var toLogIn = Stopwatch.GetElapsedTime(inserted).TotalSeconds;
        await LogIn(wren);
        var toSuccess = await Confirm(wren);
        await stage.Remove();
        return new RenewalSeen(toLogIn, toSuccess);
    }

    /// <summary>From the log-in window to the renewal page in a tab.</summary>
    public static async Task LogIn(Person person)
    {
        await person.Window.Type("Passcode", Stage.Passcode);
        await person.Window.Press("Log in");
        await person.Window.Heading("Choose your role").WaitForAsync();
        await person.Window.Press("Continue");
        await person.Window.Heading("Smartcard expiry").WaitForAsync();
        await person.Window.Press("Yes");
        await person.SeesTab();
        await person.Tab.Heading("Renew your smartcard").WaitForAsync();
    }

    /// <summary>
    /// From the renewal page to «Success», since the browser sends the form: the program that presses the button makes sure first that it
    /// stands still.
    /// </summary>
    /// <returns>Seconds since [Confirm].</returns>
    public static async Task<double> Confirm(Person person)
    {
        await person.Tab.Press("Continue");
        await person.Tab.Heading("Confirm your passcode").WaitForAsync();
        await person.Tab.Type("Passcode", Stage.Passcode);
        long sent = 0;
        person.Tab.Page.Request += (_, request) => sent = request.Method == "POST" ? Stopwatch.GetTimestamp() : sent;
        await person.Tab.Press("Confirm");
        await person.Tab.Heading("Success: certificate renewed for smartcard").WaitForAsync();
        return Stopwatch.GetElapsedTime(sent).TotalSeconds;
    }
}
