using Evercard.Registry.People;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.History;

/// <summary>What was done with all the smartcards of one person, and whatever else concerns the person.</summary>
[Authorize(Permission.History)]
public sealed class PersonHistoryModel(Histories histories, HistoryReaders readers) : PageModel
{
    public Person Person { get; private set; } = null!;

    public HistoryView History { get; private set; } = null!;

    public string Here => AddressOf(Person.Uuid);

    public static string AddressOf(string uuid) => $"/history/person/{uuid}";

    public async Task<IActionResult> OnGetAsync(string uuid, [FromQuery] long? before, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await readers.Admit(who, uuid, null, cancellation) is not { } person)
        {
            return NotFound();
        }

        Person = person;
        History = await histories.OfOther(person.Uuid, before, cancellation);
        await readers.RecordRead(who, person, null, cancellation);
        return Page();
    }
}
