namespace Evercard.Agent.Pages.Guard;

/// <summary>
/// Who may reach the agent's pages (DESIGN 4): a browser of the same user that navigates here, and the pages themselves.
/// Nothing that fails here comes near a card.
/// </summary>
public static class RequestRules
{
    private const string FormContent = "application/x-www-form-urlencoded";

    /// <param name="request">What is known of it.</param>
    /// <param name="host">Host and port of these pages, "127.0.0.1:35960".</param>
    public static GuardVerdict Judge(RequestFacts request, string host) =>
        request.Host != host ? GuardVerdict.OtherHost
        : !request.IsOwnUser ? GuardVerdict.OtherUser
        : request.Method switch
        {
            "GET" or "HEAD" => JudgeGet(request),
            "POST" => JudgePost(request, $"http://{host}"),
            _ => GuardVerdict.OtherMethod,
        };

    /// <summary>Old browsers send no Sec-Fetch headers; those that do cannot be made to leave them out by a page.</summary>
    private static GuardVerdict JudgeGet(RequestFacts request) => request.FetchMode switch
    {
        null => GuardVerdict.Allowed,
        "navigate" => request.FetchDest switch
        {
            null or "document" => GuardVerdict.Allowed,
            _ => GuardVerdict.Framed,
        },
        _ => request.FetchSite == "same-origin" && request.FetchDest is not ("iframe" or "frame" or "embed" or "object")
            ? GuardVerdict.Allowed
            : GuardVerdict.NotANavigation,
    };

    private static GuardVerdict JudgePost(RequestFacts request, string origin) =>
        request.Origin != origin || request.FetchSite is not (null or "same-origin") ? GuardVerdict.ForeignForm
        : request.FetchDest is not (null or "document" or "empty") ? GuardVerdict.Framed
        : request.ContentType?.Split(';')[0].Trim().Equals(FormContent, StringComparison.OrdinalIgnoreCase) != true ? GuardVerdict.OtherContent
        : GuardVerdict.Allowed;
}
