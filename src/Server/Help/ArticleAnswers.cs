using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.Help;

namespace Evercard.Server.Help;

/// <summary>Answers to "Did this article help you?" and what was missing. Nobody's name, address or browser is kept; `evercard guide answers` counts them.</summary>
public sealed class ArticleAnswers(Database database, TimeProvider time)
{
    /// <param name="guide">Which one.</param>
    /// <param name="helped">Yes or No.</param>
    /// <param name="line">What was missing, as it was written; kept as <see cref="AnswerLine"/> has it, and with a No only.</param>
    /// <param name="cancellation">Ends it before it is kept.</param>
    public Task Keep(Guide guide, bool helped, string? line, CancellationToken cancellation) => database.Write(
        records =>
        {
            records.Registry.ArticleAnswers.Add(new ArticleAnswer
            {
                Id = Guid.NewGuid(),
                Article = guide.Name,
                Helped = helped,
                Line = helped ? null : AnswerLine.Clean(line),
                Day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
            });
            var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["article"] = guide.Name, ["helped"] = helped ? "yes" : "no" };
            return records.Registry.Save(new AuditEvent { Kind = "ArticleAnswered", Facts = facts }, cancellation);
        },
        cancellation);
}
