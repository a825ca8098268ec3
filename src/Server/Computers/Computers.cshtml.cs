using Evercard.Lifecycle;
using Evercard.Lifecycle.Computers;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Computers;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Computers;

/// <summary>"Computers": which there are, which are outdated, and which may work on other people's smartcards.</summary>
[Authorize(Permission.ApproveComputers)]
public sealed class ComputersModel(Database database, ComputerApproval approval, ConnectedAgents connected, AgentLinkOptions link, LifecycleOptions options) : PageModel
{
    public const string Address = "/computers";

    /// <summary>More are searched for.</summary>
    public const int MostShown = 20;

    /// <summary>What computer support found.</summary>
    public const int LongestFound = 200;

    private const int LongestFind = 100;

    public IReadOnlyList<ListedComputer> Shown { get; private set; } = [];

    /// <summary>Part of a name; empty: all.</summary>
    public string Find { get; private set; } = "";

    public int Found { get; private set; }

    public int All { get; private set; }

    public int Outdated { get; private set; }

    public Version Oldest => link.MinimumAgentVersion;

    public bool HasSearch => All > MostShown;

    /// <summary>The agent whose quarantine was to end, and what was typed: shown again where nothing was changed.</summary>
    public (string? AgentId, string Found) Asked { get; private set; }

    public bool SeesAttention => HttpContext.May(RolePermission.Attention);

    /// <summary>The field for what was found at a computer.</summary>
    public static string FieldOf(ListedComputer computer) => $"found-{computer.Id}";

    public async Task OnGetAsync(string? find, CancellationToken cancellation) => await Look(find, cancellation);

    /// <summary>One button of one row.</summary>
    /// <param name="find">What was searched for, so that the same list is shown again.</param>
    /// <param name="approve">The agent of a computer that is approved.</param>
    /// <param name="withdraw">The agent of a computer whose approval is taken back.</param>
    /// <param name="end">The agent of a computer whose quarantine ends.</param>
    /// <param name="found">What computer support found there.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IActionResult> OnPostAsync(string? find, string? approve, string? withdraw, string? end, string? found, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        Asked = (end, PlainLine.Of(found, LongestFound));
        var isDone = (approve, withdraw, end) switch
        {
            // While the operator's own card is out, nobody is there.
            _ when who.IsSuspended => false,
            ({ Length: > 0 }, null, null) => await approval.Approve(approve, who.Person.Uuid, cancellation),
            (null, { Length: > 0 }, null) => await approval.Withdraw(withdraw, who.Person.Uuid, cancellation),
            (null, null, { Length: > 0 }) when Asked.Found.Length > 0 => await approval.EndQuarantine(end, Asked.Found, who.Person.Uuid, cancellation),
            _ => false,
        };
        if (isDone)
        {
            return new SeeOther(find is { Length: > 0 } ? $"{Address}?find={Uri.EscapeDataString(find)}" : Address);
        }

        await Look(find, cancellation);
        if (!who.IsSuspended && Asked.Found.Length == 0 && Shown.FirstOrDefault(computer => computer.Id == end) is { CanEnd: true } unsaid)
        {
            ModelState.AddModelError(FieldOf(unsaid), "Say what computer support found.");
            return Page();
        }

        ModelState.AddModelError("computers", who.IsSuspended
            ? "Nothing was changed. Put your smartcard back, then try again."
            : "Nothing was changed: the computer is quarantined, or somebody else was quicker. The list shows how it stands now.");
        return Page();
    }

    private async Task Look(string? find, CancellationToken cancellation)
    {
        Find = PlainLine.Of(find, LongestFind);
        // One database tells capitals apart when it compares so, the other does not: both change those of ASCII alone to small letters.
        var small = string.Concat(Find.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
        var pattern = $"%{small.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        await database.Read(
            async records =>
            {
                var agents = records.Registry.Agents;
                var versions = await agents.GroupBy(a => a.Version).Select(same => new { Version = same.Key, Count = same.Count() }).ToListAsync(cancellation);
                (All, Outdated) = (versions.Sum(one => one.Count), versions.Where(one => ListedComputer.IsOlder(one.Version, Oldest)).Sum(one => one.Count));
                var found = agents.Where(a => EF.Functions.Like(a.ComputerName.ToLower(), pattern, @"\"));
                Found = await found.CountAsync(cancellation);
                var shown = new List<ListedComputer>();
                foreach (var agent in await found.OrderBy(a => a.ComputerName).ThenBy(a => a.Id).Take(MostShown).ToListAsync(cancellation))
                {
                    var made = agent.Status == AgentStatus.Quarantined
                        ? await ComputerApproval.SmartcardsWithKeysFrom(records.Registry, agent.Id).CountAsync(cancellation) : 0;
                    shown.Add(ListedComputer.Of(agent, connected.TryFind(agent.Id, out _), Oldest, options, made));
                }

                Shown = shown;
                return true;
            },
            cancellation);
    }
}
