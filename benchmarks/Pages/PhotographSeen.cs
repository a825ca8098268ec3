using System.Diagnostics;
using Evercard.Journeys.Support;

namespace Evercard.Bench.Pages;

/// <summary>How long an operator at a desk with two readers waits for the face of whoever's card was put in.</summary>
internal static class PhotographSeen
{
    private const string Loaded = "() => { const photo = document.querySelector('img.ev-photo'); return photo !== null && photo.complete && photo.naturalWidth > 0; }";

    /// <param name="stage">Server, agent and browser.</param>
    /// <param name="warmUps">Not measured.</param>
    /// <param name="times">Measured.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Seconds from the card in the second reader to its holder's photograph on the screen, each.</returns>
    public static async Task<IReadOnlyList<double>> Measure(Stage stage, int warmUps, int times, CancellationToken cancellation)
    {
        await using var priya = await stage.Enter("bench-desk");
        await stage.Server.Do("approve");
        await priya.Inserts(await stage.SampleCard("priya"));
        await priya.Window.Type("Passcode", Stage.Passcode);
        await priya.Window.Press("Log in");
        await priya.Window.Heading("Choose your role").WaitForAsync();
        await priya.Window.Choose("ID Checker, Thistledown Hospitals (demo)");
        await priya.Window.Press("Continue");
        await priya.Window.Heading("You are logged in").WaitForAsync();
        await priya.OpensStatus();
        await priya.FollowsToNewTab(priya.Window, "Open Care Identity Service");
        await priya.Tab.Heading("Dashboard").WaitForAsync();
        await priya.Tab.Open(stage.Service + "/manage");
        var rosa = await stage.SampleCard("rosa");
        var seen = new List<double>();
        for (var i = 0; i < warmUps + times; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            await priya.Tab.Heading("Insert the smartcard you wish to manage").WaitForAsync();
            var inserted = Stopwatch.GetTimestamp();
            await stage.Insert(rosa, Stage.SecondReader);
            await priya.Tab.Heading("User details").WaitForAsync();
            await priya.Tab.Page.WaitForFunctionAsync(Loaded);
            if (i >= warmUps)
            {
                seen.Add(Stopwatch.GetElapsedTime(inserted).TotalSeconds);
            }

            await stage.Remove(Stage.SecondReader);
        }

        await stage.Remove();
        return seen;
    }
}
