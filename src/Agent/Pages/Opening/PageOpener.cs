namespace Evercard.Agent.Pages.Opening;

/// <summary>Puts pages before people. Neither may block or throw; nothing happens where there is no desktop.</summary>
/// <param name="OpenWindow">Opens a small window of the agent's own.</param>
/// <param name="OpenBrowser">Opens the default browser. The address is seen by others: it holds no secret.</param>
public sealed record PageOpener(Action<Uri> OpenWindow, Action<Uri> OpenBrowser)
{
    public static PageOpener OfThisComputer { get; } = new(BrowserPrograms.OpenWindow, BrowserPrograms.OpenBrowser);

    public static PageOpener None { get; } = new(_ => { }, _ => { });
}
