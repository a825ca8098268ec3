using System.CommandLine;
using System.CommandLine.Parsing;
using Evercard.Cli;
using Evercard.Cli.Audit;
using Evercard.Cli.Help;
using Evercard.Cli.Notices;

var database = new Option<ChosenDatabase>("--database")
{
    Description = $"The SQLite file. Left out: the connection string in the environment variable {ChosenDatabase.Setting}.",
    CustomParser = result => Choose(result, result.Tokens.Single().Value),
    DefaultValueFactory = result => Choose(result, null),
};
var sequence = new Option<long?>("--head-sequence") { Description = "Sequence number of the last event, as noted earlier: shows a trail that was cut off." };
var hash = new Option<string?>("--head-hash") { Description = "Hash of that event, hexadecimal." };
var verify = new Command("verify", "Check the hash chain of the audit trail; name the first broken link.") { database, sequence, hash };
verify.SetAction((parsed, cancellation) => AuditVerify.Run(
    parsed.GetValue(database)!, parsed.GetValue(sequence), parsed.GetValue(hash), Console.Out, cancellation));

var root = new RootCommand("Evercard: checks and reports for those who run it.")
{
    new Command("audit", "The audit trail.") { verify }, NoticeCommands.Command(database), GuideAnswers.Command(database),
};
return await root.Parse(args).InvokeAsync();

// An error that was added keeps every command from running.
static ChosenDatabase Choose(ArgumentResult result, string? option)
{
    var chosen = ChosenDatabase.Of(option, Environment.GetEnvironmentVariable(ChosenDatabase.Setting), out var fault);
    if (chosen is null)
    {
        result.AddError(fault!);
    }

    return chosen!;
}
