namespace Evercard.CardSimulator.Readers;

/// <summary>Gives something back, once.</summary>
internal sealed class Release(Action give) : IDisposable
{
    private Action? _give = give;

    public void Dispose() => Interlocked.Exchange(ref _give, null)?.Invoke();
}
