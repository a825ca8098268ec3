using System.Security.Cryptography;
using System.Text;
using Evercard.Protocol;

namespace Evercard.Agent.Sessions;

/// <summary>The log-ins on this computer, in memory only: one for a reader, and it ends when the card leaves.</summary>
public sealed class HeldSessions(TimeProvider time)
{
    /// <summary>How long a session waits for a card that was taken out during an act.</summary>
    public static readonly TimeSpan SuspendedAtMost = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly List<AgentSession> sessions = [];

    /// <summary>The newest last; without those that waited too long for their card.</summary>
    public IReadOnlyList<AgentSession> All
    {
        get
        {
            lock (gate)
            {
                sessions.RemoveAll(one => one.SuspendedAt is { } since && time.GetUtcNow() - since >= SuspendedAtMost);
                return [.. sessions];
            }
        }
    }

    public AgentSession? Newest => All is [.., var newest] ? newest : null;

    public AgentSession? At(string reader) => All.FirstOrDefault(one => one.Reader == reader);

    public AgentSession? Find(string? sessionId) => All.FirstOrDefault(one => one.LoggedIn.SessionId == sessionId);

    /// <summary>A log-in replaces the one before it in the same reader. The only role is chosen already.</summary>
    public void Begin(string reader, int insertion, LoggedIn loggedIn)
    {
        lock (gate)
        {
            sessions.RemoveAll(one => one.Reader == reader);
            sessions.Add(new AgentSession(reader, insertion, loggedIn, loggedIn.Roles is [var only] ? only.Id : null));
        }
    }

    public void Choose(string sessionId, string roleId) => Change(one => one.LoggedIn.SessionId == sessionId, one => one with { RoleId = roleId });

    /// <summary>The card was taken out during an act: the session waits for it.</summary>
    /// <param name="reader">The reader's name.</param>
    /// <param name="insertion">Of the card that left: late news must not take the session of the next one.</param>
    public void Suspend(string reader, int insertion) =>
        Change(one => one.Reader == reader && one.Insertion == insertion && one.SuspendedAt is null, one => one with { SuspendedAt = time.GetUtcNow() });

    /// <summary>A card was greeted: its own suspended session goes on, in whichever reader; another card's is over.</summary>
    public void Resume(string reader, int insertion, string? smartcardSerial)
    {
        Change(
            one => one.SuspendedAt is not null && one.LoggedIn.SmartcardSerial == smartcardSerial,
            one => one with { Reader = reader, Insertion = insertion, SuspendedAt = null });
        Remove(one => one.Reader == reader && one.Insertion != insertion);
    }

    /// <summary>The card left.</summary>
    public void EndAt(string reader, int insertion) => Remove(one => one.Reader == reader && one.Insertion == insertion);

    public void End(string sessionId) => Remove(one => one.LoggedIn.SessionId == sessionId);

    /// <param name="sessionHash">SHA-256 of the session id, hexadecimal: all that the server keeps of it.</param>
    public void EndHashed(string sessionHash) =>
        Remove(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(one.LoggedIn.SessionId)), Encoding.ASCII.GetBytes(sessionHash)));

    internal static string Hash(string sessionId) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(sessionId)));

    private void Remove(Predicate<AgentSession> which)
    {
        lock (gate)
        {
            sessions.RemoveAll(which);
        }
    }

    private void Change(Predicate<AgentSession> which, Func<AgentSession, AgentSession> change)
    {
        lock (gate)
        {
            for (var i = 0; i < sessions.Count; i++)
            {
                sessions[i] = which(sessions[i]) ? change(sessions[i]) : sessions[i];
            }
        }
    }
}
