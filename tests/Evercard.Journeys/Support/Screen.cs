using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>A tab or a window, used by what a person sees in it: headings, labels, buttons, links, words.</summary>
internal sealed class Screen
{
    private readonly PageCheck check;
    private readonly List<string> complaints = [];

    /// <param name="page">The browser's page.</param>
    /// <param name="check">What is looked at on every page that is met.</param>
    public Screen(IPage page, PageCheck check)
    {
        (Page, this.check) = (page, check);
        page.SetDefaultTimeout((float)Until.AtMost.TotalMilliseconds);
        page.Console += (_, message) => Complain(message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal), message.Text);
        page.PageError += (_, error) => Complain(true, error);
        page.Request += (_, request) => Complain(!IsOurs(request.Url), $"It loads {request.Url}");
    }

    public IPage Page { get; }

    public string Address => Page.Url;

    /// <summary>Goes to an address.</summary>
    /// <returns>The HTTP status.</returns>
    public async Task<int> Open(string address)
    {
        var answer = await Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        return answer?.Status ?? 0;
    }

    /// <summary>Waits for the page with this heading; looks at it with axe and takes its picture.</summary>
    /// <param name="heading">The h1, and the beginning of the title; where it ends with "…", their beginning.</param>
    /// <param name="picture">A name of <see cref="Pictures.Guide"/>, for a page that the guides show.</param>
    public async Task<Screen> Meets(string heading, string? picture = null)
    {
        try
        {
            await Assertions.Expect(Heading(heading)).ToBeVisibleAsync(new() { Timeout = (float)Until.AtMost.TotalMilliseconds });
        }
        catch (PlaywrightException e)
        {
            await check.Keep(Page, $"not {heading}");
            throw new InvalidOperationException($"«{heading}» did not come. At {Page.Url} one reads: {await Text()}", e);
        }

        (await Page.TitleAsync()).ShouldMatch(heading.EndsWith('…') ? $"^(Error: )?{Regex.Escape(heading[..^1])}" : $"^(Error: )?{Regex.Escape(heading)} – ");
        await check.Look(Page, heading.TrimEnd('…'), picture);
        complaints.ShouldBeEmpty();
        return this;
    }

    /// <summary>Waits until all of these can be read.</summary>
    public async Task<Screen> Reads(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Until.True(
                async () => (await Text()).Contains(text, StringComparison.OrdinalIgnoreCase), $"the words «{text}» at {Page.Url}, where one reads: {await Text()}");
        }

        return this;
    }

    public async Task<Screen> DoesNotRead(string text)
    {
        (await Text()).ShouldNotContain(text);
        return this;
    }

    public async Task<Screen> Press(string button)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        return this;
    }

    public async Task<Screen> Follow(string link)
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
        return this;
    }

    public async Task<Screen> Type(string label, string text)
    {
        await Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        return this;
    }

    public async Task<Screen> Choose(string label)
    {
        await Page.GetByLabel(label).CheckAsync();
        return this;
    }

    public ILocator Heading(string text) => text.EndsWith('…')
        ? Page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^" + Regex.Escape(text[..^1]), RegexOptions.None, TimeSpan.FromSeconds(1)), Level = 1 })
        : Page.GetByRole(AriaRole.Heading, new() { Name = text, Exact = true, Level = 1 });

    /// <summary>Presses Tab until what has this name has the focus: a person with a keyboard alone.</summary>
    public async Task<Screen> TabTo(string name)
    {
        const int MostStops = 150;
        for (var i = 0; i < MostStops; i++)
        {
            if (await Page.EvaluateAsync<string>(FocusedName) == name)
            {
                return this;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The keyboard does not reach «{name}» at {Page.Url}.");
    }

    /// <summary>All that can be read, in one line.</summary>
    public async Task<string> Text()
    {
        try
        {
            return WhiteSpace.Replace(await Page.Locator("body").InnerTextAsync(new() { Timeout = 2_000 }), " ").Trim();
        }
        catch (PlaywrightException)
        {
            // The page is just moving on.
            return string.Empty;
        }
    }

    private const string FocusedName = """
        () => {
          const it = document.activeElement
          if (!it || it === document.body) return ''
          const label = it.labels?.[0]?.textContent ?? it.getAttribute('aria-label') ?? it.textContent
          return label.replace(/\s+/g, ' ').trim()
        }
        """;

    private static readonly Regex WhiteSpace = new(@"\s+", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static bool IsOurs(string address) =>
        address.StartsWith("data:", StringComparison.Ordinal) || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host is "localhost" or "127.0.0.1");

    private void Complain(bool really, string text)
    {
        if (really)
        {
            complaints.Add(text);
        }
    }
}
