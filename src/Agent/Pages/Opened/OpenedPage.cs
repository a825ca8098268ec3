using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Evercard.Agent.Pages.Opened;

/// <summary>A page that was made ready: reached by its address alone, which nobody can guess, and answered with its token.</summary>
/// <param name="kind">What it is for.</param>
/// <param name="returnPath">Where the browser goes afterwards, at the service; null: nowhere.</param>
/// <param name="askedAt">When it was asked for.</param>
/// <param name="state">How it begins.</param>
public sealed class OpenedPage(OpenedKind kind, string? returnPath, DateTimeOffset askedAt, PageState state)
{
    private const int SecretBytes = 32;
    private readonly Lock gate = new();
    private string token = NewSecret();
    private string? usedToken;
    private Task underWay = Task.CompletedTask;
    private PageState current = state;

    public OpenedKind Kind { get; } = kind;

    public string Id { get; } = NewSecret();

    public string? ReturnPath { get; } = returnPath;

    public DateTimeOffset AskedAt { get; } = askedAt;

    /// <summary>Goes with the next form; another one after each use.</summary>
    public string Token
    {
        get
        {
            lock (gate)
            {
                return token;
            }
        }
    }

    public PageState State
    {
        get
        {
            lock (gate)
            {
                return current;
            }
        }
    }

    public string Path => Kind switch
    {
        OpenedKind.Status => "/",
        OpenedKind.Renewal => $"/act/{Id}",
        OpenedKind.PasscodeChange => $"/passcode/{Id}",
        OpenedKind.Confirmation => $"/confirm/{Id}",
        OpenedKind.NewPasscode => $"/choose/{Id}",
        OpenedKind.CardTest => $"/try/{Id}",
        _ => $"/window/{Id}",
    };

    /// <summary>When a browser last drew it, or listens to it now.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public int Listeners { get; set; }

    public void Update(Func<PageState, PageState> change)
    {
        lock (gate)
        {
            current = change(current);
        }
    }

    /// <summary>Does once what a form asks for. A double click, and the same form in another tab, share the one act and its answer.</summary>
    /// <param name="posted">The token that came with the form.</param>
    /// <param name="act">What it asks for.</param>
    /// <param name="underWay">The act.</param>
    /// <returns>False, with nothing done, where the token is neither the page's own nor the one that began the act.</returns>
    public bool TryOnce(string? posted, Func<Task> act, out Task underWay)
    {
        lock (gate)
        {
            if (AreSame(posted, token))
            {
                (usedToken, token) = (token, NewSecret());
                this.underWay = Task.Run(act);
            }
            else if (usedToken is null || !AreSame(posted, usedToken))
            {
                underWay = Task.CompletedTask;
                return false;
            }

            underWay = this.underWay;
            return true;
        }
    }

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    private static bool AreSame(string? posted, string kept) =>
        posted is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(posted), Encoding.UTF8.GetBytes(kept));
}
