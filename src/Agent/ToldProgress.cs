using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>Tells each step as it comes, on the thread that it comes on.</summary>
internal sealed class ToldProgress(Action<Progress> told) : IProgress<Progress>
{
    public void Report(Progress value) => told(value);
}
