using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Agent.Pages.Join;

/// <summary>A browser comes with a ticket and goes back with a code. No passcode is ever asked here.</summary>
public sealed class JoinModel(AgentDesk desk) : PageModel
{
    /// <summary>A ticket says by itself for whom and how long it is good, under the pages' key: about 450 letters. Whatever is much longer is none.</summary>
    private const int LongestTicket = 1_000;

    public Refused Refusal { get; private set; } = AgentRefusals.LinkExpired;

    public string LogInLink => desk.LogInLink;

    public async Task<IActionResult> OnGet()
    {
        var ticket = Request.Query["ticket"].ToString();
        if (IsTicket(ticket))
        {
            var outcome = await desk.Agent.ClaimTicket(ticket, HttpContext.RequestAborted);
            if (outcome is AgentOutcome<TicketClaimed>.Done done)
            {
                Response.Headers.CacheControl = "no-store";
                Response.Headers.Location = $"{desk.ServiceOrigin}/join?code={Uri.EscapeDataString(done.Message.Code)}";
                return StatusCode(StatusCodes.Status303SeeOther);
            }

            Refusal = ((AgentOutcome<TicketClaimed>.Refused)outcome).Message;
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Letters, digits, '-' and '_': whatever else stands in the address is not sent on.</summary>
    public static bool IsTicket(string ticket) =>
        ticket.Length is > 0 and <= LongestTicket && ticket.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
