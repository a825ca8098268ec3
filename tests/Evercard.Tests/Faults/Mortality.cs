namespace Evercard.Tests.Faults;

/// <summary>The server process was killed: nothing that it would still do happens.</summary>
public sealed class ProcessKilledException() : Exception("The process was killed.");

/// <summary>One life of a server process, shared by all that it does.</summary>
public sealed class Mortality
{
    public bool IsDead { get; private set; }

    public void Kill()
    {
        IsDead = true;
        throw new ProcessKilledException();
    }

    /// <exception cref="ProcessKilledException">It was killed before.</exception>
    public void MustLive()
    {
        if (IsDead)
        {
            throw new ProcessKilledException();
        }
    }

    /// <summary>Another process takes up the work, with what is in the database and nothing else.</summary>
    public void Restart() => IsDead = false;
}
