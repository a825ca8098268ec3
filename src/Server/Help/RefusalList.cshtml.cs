using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Help;

/// <summary>All refusals.</summary>
[AllowAnonymous]
public sealed class RefusalListModel : PageModel;
