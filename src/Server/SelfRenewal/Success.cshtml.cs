using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.SelfRenewal;

/// <summary>
/// Step 14 of docs/renewal.md: what has changed, and the test. The card is taken out here, which ends the log-in; the page stays, for the
/// browser that renewed and for no other.
/// </summary>
[AllowAnonymous]
public sealed class SuccessModel(TestStrips strips, LifecycleOptions options, TimeProvider time, PageFrame frame) : PageModel
{
    public const string Message = "Success: certificate renewed for smartcard";

    public TestStrip? Strip { get; private set; }

    public PanelView Panel { get; private set; } = new(Message);

    public StepList Steps { get; private set; } = new([]);

    /// <summary>The end of the test, in words; null until then.</summary>
    public string? Confirmed { get; private set; }

    public static string AddressOf(string reference) => $"/renew/done/{reference}";

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancellation)
    {
        Strip = HttpContext.SignedIn() is { } who ? await strips.For(who, reference, cancellation) : null;
        if (Strip is not { } strip)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        Panel = new PanelView(Message, $"It now works until {Words.DateAndDays(strip.Operation.NotAfter, time.GetUtcNow(), options.TimeZone)}.");
        bool[] done = [strip.Removed, strip.Inserted, strip.ConfirmedAt is not null];
        string[] words = ["Take your smartcard out", "Put it back in", "Type your passcode in the window of Identity Agent"];
        var at = Array.IndexOf(done, false);
        Steps = new StepList([.. words.Select((text, i) => new ListedStep(text, done[i] ? StepState.Done : i == at ? StepState.Now : StepState.Waiting))]) { NowWord = "Do this now" };
        Confirmed = strip.ConfirmedAt is { } when ? $"Your smartcard works. Log-in confirmed {Expiry.TimeInWords(when, options.TimeZone)}" : null;
        frame.RefreshSeconds = Confirmed is null ? 2 : null;
        frame.LiveAddress = Confirmed is null ? $"/renew/done/{Uri.EscapeDataString(reference)}/events?seen={strip.Version}" : null;
        return Page();
    }
}
