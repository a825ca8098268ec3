using System.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Cli.Help;

/// <summary>`evercard guide answers`: which guides helped, and what was missing in them.</summary>
public static class GuideAnswers
{
    /// <param name="database">Option that names the database.</param>
    public static Command Command(Option<ChosenDatabase> database)
    {
        var answers = new Command("answers", "How many people each guide helped, and what the others missed.") { database };
        answers.SetAction((parsed, cancellation) => Run(parsed.GetValue(database)!, Console.Out, cancellation));
        return new Command("guide", "The guides.") { answers };
    }

    /// <returns>0, or 2 where there is no such database.</returns>
    public static Task<int> Run(ChosenDatabase chosen, TextWriter output, CancellationToken cancellation) => chosen.Try(
        async database =>
        {
            var all = await database.Read(r => r.Registry.ArticleAnswers.OrderBy(a => a.Article).ThenBy(a => a.Day).ToListAsync(cancellation), cancellation);
            foreach (var article in all.GroupBy(answer => answer.Article, StringComparer.Ordinal))
            {
                await output.WriteLineAsync($"{article.Key}: {article.Count(answer => answer.Helped)} yes, {article.Count(answer => !answer.Helped)} no");
                foreach (var answer in article.Where(answer => answer.Line is not null))
                {
                    await output.WriteLineAsync($"  {answer.Day:yyyy-MM-dd}  {answer.Line}");
                }
            }

            return 0;
        },
        output,
        TimeProvider.System);
}
