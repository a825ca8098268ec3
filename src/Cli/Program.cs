using System.CommandLine;
using Evercard.Cli.Audit;
using Evercard.Cli.Help;
using Evercard.Cli.Notices;

var database = new Option<FileInfo>("--database") { Description = "The database file.", Required = true };
var sequence = new Option<long?>("--head-sequence") { Description = "Sequence number of the last event, as noted earlier: shows a trail that was cut off." };
var hash = new Option<string?>("--head-hash") { Description = "Hash of that event, hexadecimal." };
var verify = new Command("verify", "Check the hash chain of the audit trail; name the first broken link.") { database, sequence, hash };
verify.SetAction((parsed, cancellation) => AuditVerify.Run(
    parsed.GetRequiredValue(database), parsed.GetValue(sequence), parsed.GetValue(hash), Console.Out, cancellation));

var root = new RootCommand("Evercard: checks and reports for those who run it.")
{
    new Command("audit", "The audit trail.") { verify }, NoticeCommands.Command(database), GuideAnswers.Command(database),
};
return await root.Parse(args).InvokeAsync();
