using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Evercard.Server.Join;

/// <summary>What a ticket says.</summary>
/// <param name="Id">SHA-256 of its random number, hexadecimal.</param>
/// <param name="StartingCookieHash">SHA-256 of the cookie of the browser that asked for it, hexadecimal.</param>
/// <param name="AgentId">The one agent that may claim it.</param>
public sealed record JoinTicket(string Id, string StartingCookieHash, string AgentId);

/// <summary>
/// Tickets with which a browser meets the agent of its computer (DESIGN 4, joining): 256 random bits, good for five minutes,
/// once, for the browser that asked. They say all this themselves, under the pages' key: nothing is stored before a known agent claims
/// one, so that asking for tickets fills no table.
/// </summary>
public sealed class JoinTickets(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);
    private const int RandomBytes = 32;
    private readonly IDataProtector protector = protection.CreateProtector("Evercard.Join.Ticket.1");

    /// <summary>A new ticket, as it stands in an address.</summary>
    public string Make(string startingCookieHash, string agentId) => protector.Protect(string.Join(
        ' ',
        RandomNumberGenerator.GetHexString(2 * RandomBytes, lowercase: true),
        startingCookieHash,
        agentId,
        (time.GetUtcNow() + GoodFor).UtcTicks.ToString(CultureInfo.InvariantCulture)));

    /// <returns>Null for anything that is not a ticket of this service, or that is too old.</returns>
    public JoinTicket? Read(string ticket)
    {
        try
        {
            return protector.Unprotect(ticket).Split(' ') is [var random, var cookie, var agent, var until]
                && long.Parse(until, CultureInfo.InvariantCulture) >= time.GetUtcNow().UtcTicks
                    ? new JoinTicket(Digest.Of(random), cookie, agent)
                    : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
