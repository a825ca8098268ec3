using Evercard.Agent.Pages.Opening;

namespace Evercard.DevHost.Faults;

/// <summary>What an agent asked to be opened, where there may be no desktop to open it on: remembered instead.</summary>
public sealed class OpenedAddresses
{
    private const int Most = 20;
    private readonly Lock changing = new();
    private readonly List<Uri> addresses = [];
    private bool isHushed;
    private TaskCompletionSource<Uri> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="also">Opens them as well; null: there is nothing to open them on.</param>
    public OpenedAddresses(PageOpener? also = null) => Opener = new PageOpener(
        window =>
        {
            if (Add(window))
            {
                also?.OpenWindow(window);
            }
        },
        page =>
        {
            if (Add(page))
            {
                also?.OpenBrowser(page);
            }
        });

    public PageOpener Opener { get; }

    /// <summary>The newest last.</summary>
    public IReadOnlyList<Uri> All
    {
        get
        {
            lock (changing)
            {
                return [.. addresses];
            }
        }
    }

    /// <summary>Begins a new list.</summary>
    /// <returns>What was asked for since the last time.</returns>
    public IReadOnlyList<Uri> Take()
    {
        lock (changing)
        {
            var all = addresses.ToArray();
            addresses.Clear();
            return all;
        }
    }

    /// <summary>The next one that is asked for after this call.</summary>
    public Task<Uri> Next()
    {
        lock (changing)
        {
            return next.Task;
        }
    }

    /// <summary>What is asked for until this is disposed is neither opened nor remembered.</summary>
    public IDisposable Hush()
    {
        SetHushed(true);
        return new Hushed(this);
    }

    /// <returns>False where nobody is to see it.</returns>
    private bool Add(Uri address)
    {
        lock (changing)
        {
            next.TrySetResult(address);
            next = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (isHushed)
            {
                return false;
            }

            addresses.Add(address);
            if (addresses.Count > Most)
            {
                addresses.RemoveAt(0);
            }

            return true;
        }
    }

    private void SetHushed(bool value)
    {
        lock (changing)
        {
            isHushed = value;
        }
    }

    private sealed class Hushed(OpenedAddresses opened) : IDisposable
    {
        public void Dispose() => opened.SetHushed(false);
    }
}
