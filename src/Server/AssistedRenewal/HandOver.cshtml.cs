using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Protocol;
using Evercard.Registry.People;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Server.AssistedRenewal;

/// <summary>
/// The keyboard goes to the cardholder, for a renewal. Card and passcode prove who that is: nobody has to be recognised, and nothing is opened
/// before the passcode is typed.
/// </summary>
[Authorize(Permission.AssistedRenewal)]
public sealed class HandOverModel(Desk desk, AgentPageLinks agentPages) : HandOverPage(DeskAct.Renewal, desk, agentPages)
{
    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        if (await Desk.Find(HttpContext.RequiredSignedIn(), smartcardId, cancellation) is not { } found)
        {
            Refusal = UserDetailsModel.NotHere(HttpContext);
            return Page();
        }

        if (found.Card.State is not (ManagedCardState.Due or ManagedCardState.RenewalUnfinished) || found.Card.Holder.Status == PersonStatus.Closed)
        {
            // That page says why.
            return new SeeOther(SelectServiceModel.AddressOf(smartcardId));
        }

        FirstName = found.Card.Holder.FullName.Split(' ')[0];
        return Page();
    }

    public Task<IActionResult> OnPostAsync(Guid smartcardId, CancellationToken cancellation) => GoTo(AgentPage.Renewal, smartcardId, operationId: null, cancellation);
}
