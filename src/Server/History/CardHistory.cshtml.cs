using Evercard.Lifecycle;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.History;

/// <summary>What was done with one smartcard.</summary>
[Authorize(Permission.History)]
public sealed class CardHistoryModel(Histories histories, HistoryReaders readers, Database database) : PageModel
{
    public Smartcard Card { get; private set; } = null!;

    public Person Holder { get; private set; } = null!;

    public HistoryView History { get; private set; } = null!;

    public string Here => AddressOf(Card.Id);

    public static string AddressOf(Guid smartcardId) => $"/history/card/{smartcardId:D}";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, [FromQuery] long? before, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await database.Read(r => r.Registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation), cancellation) is not { } card
            || await readers.Admit(who, card.PersonUuid, card, cancellation) is not { } holder)
        {
            return NotFound();
        }

        (Card, Holder) = (card, holder);
        History = await histories.OfCard(card.Id, before, cancellation);
        await readers.RecordRead(who, holder, card, cancellation);
        return Page();
    }
}
