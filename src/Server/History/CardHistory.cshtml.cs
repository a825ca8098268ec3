using Evercard.Lifecycle;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.History;

/// <summary>
/// What was done with one smartcard: for those who answer "who did this?" about the people of their organisations. That it was read is written
/// down, and so is that it was not shown.
/// </summary>
[Authorize(Permission.History)]
public sealed class CardHistoryModel(Histories histories, Database database) : PageModel
{
    public Smartcard Card { get; private set; } = null!;

    public Person Holder { get; private set; } = null!;

    public HistoryView History { get; private set; } = null!;

    public string Here => AddressOf(Card.Id);

    public static string AddressOf(Guid smartcardId) => $"/history/card/{smartcardId:D}";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, [FromQuery] long? before, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await database.Read(r => r.Registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation), cancellation) is not { } card)
        {
            return NotFound();
        }

        var (holder, home) = await database.Read(
            async r =>
            {
                var person = await r.Registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation);
                return (person, await r.Registry.Organisations.SingleAsync(o => o.Code == person.OrganisationCode, cancellation));
            },
            cancellation);
        if (!RoleScope.Covers(who.Organisation, home))
        {
            await Record(Event("HistoryRefused", who, card), cancellation);

            // The same as for a card that does not exist: nothing is learnt from it.
            return NotFound();
        }

        (Card, Holder) = (card, holder);
        History = await histories.OfCard(card.Id, before, cancellation);
        await Record(Event("HistoryRead", who, card), cancellation);
        return Page();
    }

    private Task Record(AuditEvent what, CancellationToken cancellation) => database.Write(records => records.Registry.Save(what, cancellation), cancellation);

    private static AuditEvent Event(string kind, SignedIn who, Smartcard card) => new()
    {
        Kind = kind,
        SmartcardId = card.Id,
        PersonUuid = card.PersonUuid,
        AgentId = who.Browser.AgentId,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["operator"] = who.Person.Uuid },
    };
}
