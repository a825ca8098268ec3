using System.CommandLine;
using Evercard.Lifecycle;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Cli.Help;

/// <summary>`evercard guide answers`: which guides helped, and what was missing in them.</summary>
public static class GuideAnswers
{
    /// <param name="database">Option that names the database file.</param>
    public static Command Command(Option<FileInfo> database)
    {
        var answers = new Command("answers", "How many people each guide helped, and what the others missed.") { database };
        answers.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(database), Console.Out, cancellation));
        return new Command("guide", "The guides.") { answers };
    }

    /// <returns>0, or 2 where there is no such database.</returns>
    public static async Task<int> Run(FileInfo database, TextWriter output, CancellationToken cancellation)
    {
        if (!database.Exists)
        {
            await output.WriteLineAsync($"There is no file {database.FullName}.");
            return 2;
        }

        var connection = new SqliteConnectionStringBuilder { DataSource = database.FullName, Mode = SqliteOpenMode.ReadWrite }.ToString();
        var all = await new Database(connection, TimeProvider.System).Read(
            r => r.Registry.ArticleAnswers.OrderBy(a => a.Article).ThenBy(a => a.Day).ToListAsync(cancellation), cancellation);
        foreach (var article in all.GroupBy(answer => answer.Article, StringComparer.Ordinal))
        {
            await output.WriteLineAsync($"{article.Key}: {article.Count(answer => answer.Helped)} yes, {article.Count(answer => !answer.Helped)} no");
            foreach (var answer in article.Where(answer => answer.Line is not null))
            {
                await output.WriteLineAsync($"  {answer.Day:yyyy-MM-dd}  {answer.Line}");
            }
        }

        return 0;
    }
}
