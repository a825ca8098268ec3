using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.History;

/// <summary>What was done with one smartcard: for those who answer "who did this?". That it was read is written down.</summary>
[Authorize(Permission.History)]
public sealed class CardHistoryModel(Histories histories, Database database) : PageModel
{
    public Smartcard Card { get; private set; } = null!;

    public Person Holder { get; private set; } = null!;

    public HistoryView History { get; private set; } = null!;

    public string Here => $"/history/card/{Card.Id:D}";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, [FromQuery] long? before, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await database.Read(r => r.Registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation), cancellation) is not { } card)
        {
            return NotFound();
        }

        Card = card;
        Holder = await database.Read(r => r.Registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation), cancellation);
        History = await histories.OfCard(card.Id, before, cancellation);
        await database.Write(
            records => records.Registry.Save(
                new AuditEvent
                {
                    Kind = "HistoryRead",
                    SmartcardId = card.Id,
                    PersonUuid = card.PersonUuid,
                    AgentId = who.Browser.AgentId,
                    Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["operator"] = who.Person.Uuid },
                },
                cancellation),
            cancellation);
        return Page();
    }
}
