using Evercard.Lifecycle.Renewal;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>Tells the agent each step of an act as it begins; nobody waits for it.</summary>
/// <param name="agent">Whose user asked for the act.</param>
/// <param name="requestId">Of that request.</param>
/// <param name="started">Timestamp of its beginning.</param>
/// <param name="time">Measures since then.</param>
/// <param name="wake">Wakes the pages that show the act.</param>
internal sealed class ToldSteps(AgentConnection agent, string requestId, long started, TimeProvider time, Action wake) : IProgress<RenewalProgress>
{
    public void Report(RenewalProgress value)
    {
        wake();
        _ = agent.Send(new Progress(requestId, value.Step, value.Text, (long)time.GetElapsedTime(started).TotalMilliseconds), CancellationToken.None);
    }
}
