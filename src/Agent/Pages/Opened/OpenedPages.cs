using Evercard.Protocol;

namespace Evercard.Agent.Pages.Opened;

/// <summary>The pages that were made ready, in memory: 64 at most, the oldest goes first.</summary>
public sealed class OpenedPages(TimeProvider time)
{
    public const int Most = 64;

    /// <summary>A page that was drawn so lately is before somebody's eyes.</summary>
    private static readonly TimeSpan StillSeen = TimeSpan.FromSeconds(10);
    private readonly Lock gate = new();
    private readonly List<OpenedPage> pages = [];

    /// <summary>The status page's own token and state.</summary>
    public OpenedPage Status { get; } = new(OpenedKind.Status, null, time.GetUtcNow(), new PageState());

    public OpenedPage? Find(string? id, params ReadOnlySpan<OpenedKind> kinds)
    {
        lock (gate)
        {
            foreach (var page in pages)
            {
                if (page.Id == id && kinds.Contains(page.Kind))
                {
                    return page;
                }
            }

            return null;
        }
    }

    public OpenedPage Open(OpenedKind kind, PageState state, string? returnPath = null, DateTimeOffset? askedAt = null)
    {
        lock (gate)
        {
            var page = new OpenedPage(kind, returnPath, askedAt ?? time.GetUtcNow(), state);
            pages.Add(page);
            if (pages.Count > Most)
            {
                pages.RemoveAt(0);
            }

            return page;
        }
    }

    /// <summary>The page for what a joined browser needs: the same one where it was asked for already and still asks.</summary>
    public OpenedPage Open(OpenPage asked)
    {
        var kind = asked.Page switch
        {
            AgentPage.Renewal => OpenedKind.Renewal,
            AgentPage.PasscodeChange => OpenedKind.PasscodeChange,
            AgentPage.RoleChoice => OpenedKind.RoleChoice,
            AgentPage.Confirmation => OpenedKind.Confirmation,
            AgentPage.NewPasscode => OpenedKind.NewPasscode,
            AgentPage.CardTest => OpenedKind.CardTest,
            _ => OpenedKind.Window,
        };
        lock (gate)
        {
            var same = pages.FindLast(page => page.Kind == kind && page.ReturnPath == asked.ReturnPath && page.State.Reader == asked.Reader && page.State.Managed == asked.Managed
                && page.State.Stage != PageStage.Done && !page.State.IsRoleChosen);
            if (same is not null)
            {
                same.Update(state => state with { TakeOver = state.TakeOver || asked.TakeOver, WantedRole = asked.RoleProfileId });
                return same;
            }
        }

        return Open(kind, new PageState { Reader = asked.Reader, TakeOver = asked.TakeOver, WantedRole = asked.RoleProfileId, Managed = asked.Managed }, asked.ReturnPath, asked.AskedAt);
    }

    public void Remove(OpenedPage page)
    {
        lock (gate)
        {
            pages.Remove(page);
        }
    }

    public void Drawn(OpenedPage page)
    {
        lock (gate)
        {
            page.SeenAt = time.GetUtcNow();
        }
    }

    public void Listens(OpenedPage page, int more)
    {
        lock (gate)
        {
            page.Listeners += more;
            page.SeenAt = time.GetUtcNow();
        }
    }

    /// <summary>A log-in window that waits for this card, or for any, is before somebody's eyes: none needs to be opened.</summary>
    public bool IsAwaited(string reader)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            return pages.Exists(page => page.Kind == OpenedKind.Window && (page.State.Reader is null || page.State.Reader == reader)
                && page.State.Insertion is null && (page.Listeners > 0 || now - page.SeenAt < StillSeen));
        }
    }
}
