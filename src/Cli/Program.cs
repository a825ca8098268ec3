using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Evercard.Cli;
using Evercard.Cli.Audit;
using Evercard.Cli.Help;
using Evercard.Cli.Notices;
using Evercard.Cli.Reconciliation;

const int WrongUsage = 2;
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
    ReconcileCommand.Command(database),
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();

// 1 is an answer of some commands: a slip of the pen must not look like it.
return parsed.Action is ParseErrorAction ? WrongUsage : code;

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
