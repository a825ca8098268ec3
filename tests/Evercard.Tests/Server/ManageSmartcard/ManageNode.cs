using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Tests.Journey;

namespace Evercard.Tests.Server.ManageSmartcard;

/// <summary>A server node on the day on which Rosa's and Ned's cards have been expired for 12 days.</summary>
public sealed class ManageNode : JourneyNode
{
    private (SimulatedCard Card, Guid Id)? rosa;
    private (SimulatedCard Card, Guid Id)? ned;
    private readonly SemaphoreSlim once = new(1, 1);

    public async Task<(SimulatedCard Card, Guid Id)> Rosa()
    {
        await Expire();
        return rosa!.Value;
    }

    /// <summary>Without a photograph.</summary>
    public async Task<(SimulatedCard Card, Guid Id)> Ned()
    {
        await Expire();
        return ned!.Value;
    }

    private async Task Expire()
    {
        await once.WaitAsync();
        try
        {
            if (rosa is null)
            {
                (rosa, ned) = (await Issue(1, SamplePeople.Rosa), await Issue(1, SamplePeople.Ned));
                Time.Advance(TimeSpan.FromDays(13));
            }
        }
        finally
        {
            once.Release();
        }
    }
}
