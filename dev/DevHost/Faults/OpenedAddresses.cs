using Evercard.Agent.Pages.Opening;

namespace Evercard.DevHost.Faults;

/// <summary>What an agent asked to be opened, where there may be no desktop to open it on: remembered instead.</summary>
public sealed class OpenedAddresses
{
    private const int Most = 20;
    private readonly Lock changing = new();
    private readonly List<Uri> addresses = [];

    public OpenedAddresses() => Opener = new PageOpener(Add, Add);

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

    private void Add(Uri address)
    {
        lock (changing)
        {
            addresses.Add(address);
            if (addresses.Count > Most)
            {
                addresses.RemoveAt(0);
            }
        }
    }
}
