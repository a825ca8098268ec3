using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Evercard.Server.Help;

/// <summary>Takes the answer to "Did this article help you?" and says thank you. Anybody may answer.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Answers)]
public sealed class GuideAnswerModel(ArticleAnswers answers) : PageModel
{
    public Guide Guide { get; private set; } = null!;

    public static string AddressOf(Guide guide) => $"{guide.Href}/answer";

    public IActionResult OnGet(string name) => Find(name) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string name, string? helped, string? missing, CancellationToken cancellation)
    {
        if (!Find(name) || helped is not ("yes" or "no"))
        {
            return NotFound();
        }

        await answers.Keep(Guide, helped == "yes", missing, cancellation);

        // A page that is loaded again must not answer again.
        return Redirect(AddressOf(Guide));
    }

    private bool Find(string name)
    {
        Guide = Help.Guide.Find(name)!;
        return Guide is not null;
    }
}
