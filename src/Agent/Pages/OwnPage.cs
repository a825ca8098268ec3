using System.Globalization;
using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Agent.Pages;

/// <summary>A page of the agent's own: drawn from the state of what was opened, which its forms change.</summary>
public abstract class OwnPage(AgentDesk desk, PageFrame frame) : PageModel
{
    /// <summary>So often a page without script looks for itself whether something changed.</summary>
    private const int WaitingSeconds = 3;

    public AgentDesk Desk { get; } = desk;

    public DateWords Words => Desk.Words;

    /// <summary>What is drawn; set by the handlers.</summary>
    public OpenedPage Opened { get; private set; } = null!;

    public PageState State { get; private set; } = null!;

    public CardInReader? Card { get; private set; }

    public Sessions.AgentSession? Session { get; private set; }

    protected PageFrame Frame { get; } = frame;

    /// <summary>Takes up the page as it is now.</summary>
    protected void Take(OpenedPage opened)
    {
        // First: what changes while the page is drawn makes it out of date.
        Frame.LiveAddress = string.Create(CultureInfo.InvariantCulture, $"{opened.Path.TrimEnd('/')}/events?v={Desk.Version}");
        Desk.Pages.Drawn(opened);
        (Opened, State, Card) = (opened, opened.State, Desk.CardOf(opened));
        Session = Desk.SessionOf(Card);
        Frame.ReaderName = Card?.Reader ?? State.Reader;
        Frame.CardHolder = Session?.LoggedIn.HolderName ?? Card?.Greeting?.HolderName;
    }

    /// <summary>The page only waits: without script it fetches itself again.</summary>
    protected void Wait() => Frame.RefreshSeconds = WaitingSeconds;

    protected void Err(string field, string text) => ViewData[PageErrors.Key] = new[] { new FieldError(field, text) };

    /// <summary>Reads the form and does once what it asks for; the browser is then sent on, so that "reload" sends nothing twice.</summary>
    /// <param name="opened">The page; null: it is over.</param>
    /// <param name="act">Owns the form.</param>
    /// <param name="next">Where the browser goes once the act has answered.</param>
    protected async Task<IActionResult> Post(OpenedPage? opened, Func<OpenedPage, PostedForm, Task> act, Func<OpenedPage, string> next)
    {
        if (opened is null)
        {
            return NotFound();
        }

        using var form = await PostedForm.Read(Request, HttpContext.RequestAborted);
        if (form?.Text("token") is not { } token)
        {
            return BadRequest();
        }

        if (!opened.TryOnce(token, () => act(opened, form), out var underWay))
        {
            return BadRequest();
        }

        await underWay;
        return SeeOther(next(opened));
    }

    protected static IActionResult SeeOther(string address) => new SeeOtherResult(address);

    private sealed class SeeOtherResult(string address) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context)
        {
            context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.HttpContext.Response.Headers.Location = address;
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }
    }
}
