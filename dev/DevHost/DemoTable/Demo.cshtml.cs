using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Look;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.DevHost.DemoTable;

/// <summary>A reader on the page.</summary>
public sealed record ReaderOnTable(int Number, string Name, string Words, bool CanTakeOut);

/// <summary>A switch on the page.</summary>
public sealed record FaultOnTable(string Name, string Text, bool IsOn);

/// <summary>
/// The page of the demonstration: everything on it is a form and a button. A token in them would fit whoever was logged in when the page was
/// drawn, and people log in and out beside it all the time; pages of other sites are turned away by where the browser says that a form comes from.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class DemoModel(PageFrame frame, LifecycleOptions options) : PageModel
{
    /// <summary>An act is told by e-mail and by text message: the newest two show what they say, the older ones unfold.</summary>
    public const int OpenMessages = 2;

    public static IReadOnlyList<int> Steps { get; } = [7, 8, 9, 10, 12, 13];

    /// <summary>The agent opened no window for the card that was to be shown.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Opened { get; set; }

    /// <summary>Cards can be put in by the page.</summary>
    public bool HasWallet => Table.Cards is not null;

    public IReadOnlyList<CardOnTable> Cards { get; private set; } = [];

    public IReadOnlyList<ReaderOnTable> Readers { get; private set; } = [];

    public IReadOnlyList<Uri> Windows { get; private set; } = [];

    public IReadOnlyList<InboxMessage> Messages { get; private set; } = [];

    public IReadOnlyList<FaultOnTable> Faults { get; private set; } = [];

    /// <summary>The table stays open beside what a card shows; windows that open by themselves need no tab.</summary>
    public string ShowTarget => Table.OpensWindows ? "_self" : "_blank";

    public int? PullAt => Table.Pull?.Step;

    public string AgentWords => Table.Agent.IsOn
        ? Table.Agent.Agent?.IsConnected == true ? "Identity Agent is running and connected." : "Identity Agent is running and has no connection."
        : "Identity Agent is off.";

    public string ClockWords =>
        $"{Expiry.TimeInWords(Table.Now, options.TimeZone)}, {Expiry.InWords(Table.Now, options.TimeZone)}{(Table.ClockIsMoved ? ". It was moved." : "")}";

    private Table Table => HttpContext.Features.Get<Table>()!;

    public string TimeOf(InboxMessage message) => $"{Expiry.TimeInWords(message.At, options.TimeZone)}, {Expiry.InWords(message.At, options.TimeZone)}";

    /// <summary>Without the secret at its end, which would be wider than the column.</summary>
    public static string Shown(Uri link) => link.AbsolutePath.LastIndexOf('/') is > 0 and var end ? $"{link.Authority}{link.AbsolutePath[..end]}/…" : link.Authority;

    public static string NameOf(SampleCard card) => card switch
    {
        { Story: CardStory.Blank } => "Blank card",
        { Story: CardStory.Foreign } => "Card of another issuer",
        { Story: CardStory.Cancelled } => $"{card.Holder!.FullName}, old card",
        _ => card.Holder!.FullName,
    };

    public static string StepWords(int step) => step switch
    {
        7 => "checking before the signature key is made",
        8 => "making the signature key",
        9 => "issuing the signature certificate",
        10 => "writing the signature certificate",
        12 => "the log-in key begins",
        _ => "closing the renewal",
    };

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Cards = await Table.Look(cancellation);
        Readers = HasWallet
            ? [.. new[] { Table.FirstReader, Table.SecondReader }.Select((name, i) => Virtual(name, i + 1))]
            : [.. Table.Readers.Select((r, i) => new ReaderOnTable(i + 1, r.Name, r.CardPresent ? "There is a card in it" : "Empty", CanTakeOut: false))];
        Windows = [.. Table.Opened.All.Reverse().Take(3)];
        Messages = Table.Inbox.Newest();
        Faults =
        [
            new("agent-off", "Identity Agent is off", !Table.Agent.IsOn),
            new("agent-old", "Identity Agent is too old", Table.Agent.Version is not null),
            new("authority-off", "No certificates can be made", Table.AuthorityIsOff),
            new("network-cut", "The computer’s network is cut", Table.Agent.Network.IsCut),
            new("clock-wrong", "The computer’s clock is 3 days behind", Table.ComputerClockIsWrong),
            .. Table.Cards is not { } slow ? [] : new FaultOnTable[]
            {
                new("reader-unplugged", "Reader 1 is unplugged", !Table.FirstReaderIsPlugged),
                new("card-slow", "Cards are slow", slow.Speed is not null),
            },
        ];
        frame.LiveAddress = $"/demo/events?seen={Uri.EscapeDataString(Table.Version(Cards))}";
        frame.RefreshSeconds = 5;
    }

    public async Task<IActionResult> OnPostPutAsync(string card, int reader, CancellationToken cancellation)
    {
        await Table.Put(card, reader == 2 ? Table.SecondReader : Table.FirstReader, cancellation);
        return Back(reader == 2 ? $"put2-{card}" : $"put1-{card}");
    }

    public IActionResult OnPostTakeOut(int reader)
    {
        Table.TakeOut(reader == 2 ? Table.SecondReader : Table.FirstReader);
        return Back("readers");
    }

    /// <summary>Leads to the window that the agent opens for the card.</summary>
    public async Task<IActionResult> OnPostShowAsync(string card, CancellationToken cancellation)
    {
        if (await Table.Show(card, cancellation) is { } window)
        {
            if (Table.OpensWindows)
            {
                return Back("readers");
            }

            Response.Headers.Location = window.ToString();
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        return Redirect("/demo?opened=none#main");
    }

    public async Task<IActionResult> OnPostClockAsync(string to, CancellationToken cancellation)
    {
        switch (to)
        {
            case "hour":
                Table.MoveClock(TimeSpan.FromHours(1));
                break;
            case "day":
                Table.MoveClock(TimeSpan.FromDays(1));
                break;
            case "expiry":
                await Table.MoveClockToExpiry(cancellation);
                break;
            case "now":
                Table.ClockBackToNow();
                break;
        }

        return Back($"clock-{(to is "hour" or "day" or "expiry" ? to : "now")}");
    }

    public async Task<IActionResult> OnPostThrowAsync(string which, CancellationToken cancellation)
    {
        await Table.Throw(which, cancellation);
        return Back("faults");
    }

    public IActionResult OnPostPull(int step)
    {
        if (Table.Pull is { } pull)
        {
            pull.Step = Steps.Contains(step) ? step : null;
        }

        return Back("faults");
    }

    private ReaderOnTable Virtual(string name, int number)
    {
        var card = Cards.FirstOrDefault(c => c.Reader == name);
        var words = !Table.Readers.Any(r => r.Name == name) ? "Unplugged" : card is null ? "Empty" : $"{NameOf(card.Card)}: {card.State}";
        return new ReaderOnTable(number, $"Reader {number}", words, card is not null);
    }

    private RedirectResult Back(string place) => Redirect($"/demo#{place}");
}
