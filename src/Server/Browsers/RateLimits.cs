using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;

namespace Evercard.Server.Browsers;

/// <summary>How often one address may do what costs something before anything is known of it. A whole site may come through one address.</summary>
internal static class RateLimits
{
    public const string Joining = "joining";

    /// <summary>Streams of events, which stay open.</summary>
    public const string Streams = "streams";

    /// <summary>Answers to "Did this article help you?": each is kept.</summary>
    public const string Answers = "answers";

    /// <summary>Links of notifications: a guess costs a look into the database.</summary>
    public const string Alarms = "alarms";
    private const int JoinsPerMinute = 600;
    private const int AnswersPerMinute = 30;
    private const int AlarmsPerMinute = 30;
    private const int PagesPerMinute = 6_000;
    private const int StreamsAtOnce = 2_000;

    public static void AddPageRateLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, cancellation) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = TimeSpan.FromMinutes(1).TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(Joining, context => PerMinute(context, JoinsPerMinute));
        options.AddPolicy(Answers, context => PerMinute(context, AnswersPerMinute));
        options.AddPolicy(Alarms, context => PerMinute(context, AlarmsPerMinute));
        options.AddPolicy(Streams, context => RateLimitPartition.GetConcurrencyLimiter(
            context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new ConcurrencyLimiterOptions { PermitLimit = StreamsAtOnce, QueueLimit = 0 }));
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => PerMinute(context, PagesPerMinute));
    });

    private static RateLimitPartition<IPAddress> PerMinute(HttpContext context, int most) => RateLimitPartition.GetSlidingWindowLimiter(
        context.Connection.RemoteIpAddress ?? IPAddress.None,
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 });
}
