using Evercard.Lifecycle;
using Evercard.Server.AgentLink;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Health;

/// <summary>For load balancers: alive, and able to work.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous();
        app.MapGet("/health/ready", async (Database database, ConnectedAgents agents, CancellationToken cancellation) =>
        {
            var answers = await database.Read(r => r.Registry.AuditEvents.AnyAsync(cancellation), cancellation);
            return Results.Json(new { database = answers ? "in use" : "empty", agents = agents.All.Count });
        }).AllowAnonymous();
    }
}
