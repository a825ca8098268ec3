using System.CommandLine;
using System.Globalization;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.Help;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Cli.Notices;

/// <summary>`evercard notice add`, `list` and `end`: what stands on every page of the service.</summary>
public sealed class NoticeCommands(ChosenDatabase chosen, TextWriter output, TimeProvider time)
{
    public const int Done = 0;
    public const int NotDone = 1;
    public const int Unusable = ChosenDatabase.Unusable;

    private const string Pattern = "yyyy-MM-dd HH:mm";

    /// <summary>The three commands with their options.</summary>
    /// <param name="database">Option that names the database.</param>
    public static Command Command(Option<ChosenDatabase> database)
    {
        var text = new Option<string>("--text") { Description = "What people read, plain text; web addresses (https://) become links.", Required = true };
        var starts = new Option<DateTimeOffset?>("--starts") { Description = "When it begins to be shown, e.g. 2026-12-24T08:00Z. Left out: now." };
        var ends = new Option<DateTimeOffset?>("--ends") { Description = "When it is no longer shown. Left out: when it is ended." };
        var audience = new Option<string>("--audience") { Description = "Who sees it.", DefaultValueFactory = _ => "everybody" };
        audience.AcceptOnlyFromAmong("everybody", "logged-in");
        var add = new Command("add", "Put a notice on every page.") { database, text, starts, ends, audience };
        add.SetAction((parsed, cancellation) => Over(parsed).Add(
            parsed.GetRequiredValue(text),
            parsed.GetValue(audience) == "logged-in" ? NoticeAudience.LoggedIn : NoticeAudience.Everybody,
            parsed.GetValue(starts),
            parsed.GetValue(ends),
            cancellation));

        var all = new Option<bool>("--all") { Description = "Those that are over, too." };
        var list = new Command("list", "List the notices that are shown or will be.") { database, all };
        list.SetAction((parsed, cancellation) => Over(parsed).List(parsed.GetValue(all), cancellation));

        var number = new Argument<int>("number") { Description = "As the list has it." };
        var end = new Command("end", "End a notice now.") { database, number };
        end.SetAction((parsed, cancellation) => Over(parsed).End(parsed.GetValue(number), cancellation));
        return new Command("notice", "Service notices.") { add, list, end };

        NoticeCommands Over(ParseResult parsed) => new(parsed.GetRequiredValue(database), Console.Out, TimeProvider.System);
    }

    /// <returns>0 done, 1 the notice is not well formed, 2 no such database.</returns>
    public Task<int> Add(string text, NoticeAudience audience, DateTimeOffset? starts, DateTimeOffset? ends, CancellationToken cancellation) => Try(
        async database =>
        {
            var now = time.GetUtcNow();
            if (text.Trim().Length is 0 or > ServiceNotice.LongestText || ends <= (starts ?? now))
            {
                await output.WriteLineAsync($"A notice has 1 to {ServiceNotice.LongestText} characters, and ends after it starts.");
                return NotDone;
            }

            var added = await database.Write(
                async records =>
                {
                    var notice = new ServiceNotice
                    {
                        Id = (await records.Registry.ServiceNotices.MaxAsync(n => (int?)n.Id, cancellation) ?? 0) + 1,
                        Text = text.Trim(),
                        Audience = audience,
                        StartsAt = (starts ?? now).ToUniversalTime(),
                        EndsAt = ends?.ToUniversalTime(),
                        CreatedAt = now,
                    };
                    records.Registry.ServiceNotices.Add(notice);
                    await records.Registry.Save(What("NoticeAdded", notice), cancellation);
                    return notice;
                },
                cancellation);
            await output.WriteLineAsync(Line(added, now));
            return Done;
        });

    /// <returns>0 done, 2 no such database.</returns>
    public Task<int> List(bool all, CancellationToken cancellation) => Try(
        async database =>
        {
            var now = time.GetUtcNow();
            foreach (var notice in await database.Read(r => r.Registry.ServiceNotices.OrderBy(n => n.Id).ToListAsync(cancellation), cancellation))
            {
                if (all || notice.EndsAt is null || notice.EndsAt > now)
                {
                    await output.WriteLineAsync(Line(notice, now));
                }
            }

            return Done;
        });

    /// <returns>0 done, 1 there is no such notice, or it is over; 2 no such database.</returns>
    public Task<int> End(int number, CancellationToken cancellation) => Try(
        async database =>
        {
            var now = time.GetUtcNow();
            if (await database.Read(r => r.Registry.ServiceNotices.SingleOrDefaultAsync(n => n.Id == number, cancellation), cancellation) is not { } found || found.EndsAt <= now)
            {
                await output.WriteLineAsync($"There is no notice {number} that could be ended.");
                return NotDone;
            }

            await database.Write(
                async records =>
                {
                    var notice = await records.Registry.ServiceNotices.SingleAsync(n => n.Id == number, cancellation);

                    // One that has not begun never will.
                    notice.EndsAt = notice.StartsAt > now ? notice.StartsAt : now;
                    await records.Registry.Save(What("NoticeEnded", notice), cancellation);
                },
                cancellation);
            await output.WriteLineAsync($"Notice {number} is ended.");
            return Done;
        });

    private Task<int> Try(Func<Database, Task<int>> work) => chosen.Try(work, output, time);

    private static AuditEvent What(string kind, ServiceNotice notice) => new()
    {
        Kind = kind,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["notice"] = Number(notice.Id), ["text"] = notice.Text, ["by"] = Environment.UserName },
    };

    private static string Line(ServiceNotice notice, DateTimeOffset now)
    {
        var state = notice.EndsAt <= now ? "over" : notice.StartsAt > now ? "later" : "shown";
        var ends = notice.EndsAt is { } end ? Text(end) : "until it is ended";
        return $"{Number(notice.Id)}  {state}  {(notice.Audience == NoticeAudience.LoggedIn ? "logged-in" : "everybody")}  {Text(notice.StartsAt)} to {ends}  {notice.Text}";
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture) + "Z";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
