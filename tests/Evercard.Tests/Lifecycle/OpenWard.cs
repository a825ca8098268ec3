namespace Evercard.Tests.Lifecycle;

/// <summary>A ward that is opened once for all tests of a class; each test uses cards and computers of its own.</summary>
public class OpenWard : IAsyncLifetime
{
    public Ward Ward { get; private set; } = null!;

    protected virtual Evercard.Lifecycle.LifecycleOptions Options => new();

    public async Task InitializeAsync() => Ward = await Ward.Open(Options);

    public Task DisposeAsync()
    {
        Ward.Dispose();
        return Task.CompletedTask;
    }
}
