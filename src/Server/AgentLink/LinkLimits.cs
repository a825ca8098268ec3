using System.Net;

namespace Evercard.Server.AgentLink;

/// <summary>
/// How much one address may ask of this node before anything is known of it. Counted in memory: another node counts for
/// itself.
/// </summary>
public sealed class LinkLimits(AgentLinkOptions options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, int> unproven = [];
    private readonly Dictionary<IPAddress, int> registered = [];
    private long windowSince = time.GetTimestamp();
    private int links;

    /// <summary>A link dials in; it is unproven until <see cref="Prove"/> or its end.</summary>
    /// <returns>Null where there are too many of them.</returns>
    internal Entry? TryEnter(IPAddress from)
    {
        lock (gate)
        {
            var waiting = unproven.GetValueOrDefault(from);
            if (links >= options.MostLinks || waiting >= options.MostUnprovenPerAddress)
            {
                return null;
            }

            links++;
            unproven[from] = waiting + 1;
            return new Entry(this, from);
        }
    }

    /// <summary>An agent that was never seen wishes to be recorded.</summary>
    /// <returns>False where its address had enough new agents within the minute.</returns>
    public bool TryRegister(IPAddress from)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(windowSince) >= Window)
            {
                registered.Clear();
                windowSince = time.GetTimestamp();
            }

            var count = registered.GetValueOrDefault(from);
            registered[from] = Math.Min(count + 1, options.MostNewAgentsPerMinute + 1);
            return count < options.MostNewAgentsPerMinute;
        }
    }

    /// <summary>One link's place.</summary>
    internal sealed class Entry(LinkLimits limits, IPAddress from) : IDisposable
    {
        private bool proven;
        private bool left;

        public IPAddress From => from;

        /// <summary>The device key is proven.</summary>
        public void Prove()
        {
            lock (limits.gate)
            {
                if (!proven && --limits.unproven[from] == 0)
                {
                    limits.unproven.Remove(from);
                }

                proven = true;
            }
        }

        public void Dispose()
        {
            Prove();
            lock (limits.gate)
            {
                limits.links -= left ? 0 : 1;
                left = true;
            }
        }
    }
}
