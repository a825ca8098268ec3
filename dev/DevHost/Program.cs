using System.CommandLine;
using Evercard.Cards.Drivers;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Vpcd;
using Evercard.DevHost.Adopt;
using Evercard.DevHost.DemoTable;
using Evercard.DevHost.Renew;
using Evercard.DevHost.Repair;
using Evercard.DevHost.Roles;
using Evercard.DevHost.Tray;

var algorithms = new Dictionary<string, PivAlgorithm>(StringComparer.Ordinal)
{
    ["p256"] = PivAlgorithm.P256, ["p384"] = PivAlgorithm.P384, ["rsa2048"] = PivAlgorithm.Rsa2048,
};
var timings = new Dictionary<string, CardSpeed>(StringComparer.Ordinal)
{
    ["instant"] = CardSpeed.Instant, ["jcop4"] = CardSpeed.Jcop4, ["current"] = CardSpeed.Current, ["old"] = CardSpeed.Old,
};

var pcsc = new Option<bool>("--pcsc") { Description = "Use cards in this computer's readers instead of a virtual card." };
var reader = new Option<string?>("--reader") { Description = "Only the reader whose name contains this (with --pcsc)." };
var algorithm = new Option<string>("--algorithm") { Description = "Algorithm of the new keys.", DefaultValueFactory = _ => "p256" }.AcceptOnlyFromAmong([.. algorithms.Keys]);
var timing = new Option<string>("--timing") { Description = "Speed of the sample card.", DefaultValueFactory = _ => "instant" }.AcceptOnlyFromAmong([.. timings.Keys]);
var linkDelay = new Option<int>("--link-delay") { Description = "Milliseconds added to each round trip between server and agent." };
var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
var passcodeStdin = new Option<bool>("--passcode-stdin") { Description = "Read the passcode from standard input: one line, two for a repair (operator, cardholder)." };
var data = new Option<string>("--data") { Description = "Folder that keeps the state (with --pcsc).", DefaultValueFactory = _ => ".data" };
var verbose = new Option<bool>("--verbose") { Description = "Log to standard error." };
linkDelay.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 0 or > 10_000)
    {
        result.AddError("--link-delay is 0 to 10000 milliseconds.");
    }
});

var renew = new Command("renew", "Renew a smartcard in the terminal: every step with its time.") { pcsc, reader, algorithm, timing, linkDelay, json, passcodeStdin, data, verbose };
renew.SetAction((parsed, cancellation) => new RenewRun(
    new RenewOptions(
        parsed.GetValue(pcsc), parsed.GetValue(reader), algorithms[parsed.GetValue(algorithm)!], timings[parsed.GetValue(timing)!],
        TimeSpan.FromMilliseconds(parsed.GetValue(linkDelay)), parsed.GetValue(json), parsed.GetValue(passcodeStdin), parsed.GetValue(data)!, parsed.GetValue(verbose)),
    Console.Out).Run(cancellation));

var repair = new Command("repair", "An ID Checker repairs an expired smartcard in the terminal: every step with its time.") { pcsc, algorithm, timing, json, passcodeStdin, data, verbose };
repair.SetAction((parsed, cancellation) => new RepairRun(
    new RepairOptions(
        parsed.GetValue(pcsc), algorithms[parsed.GetValue(algorithm)!], timings[parsed.GetValue(timing)!], parsed.GetValue(json), parsed.GetValue(passcodeStdin),
        parsed.GetValue(data)!, parsed.GetValue(verbose)),
    Console.Out).Run(cancellation));

var adoptReader = new Option<string>("--reader") { Description = "The reader whose name contains this.", Required = true };
var keyFile = new Option<string>("--key-file") { Description = "File with the card's administration key (9B) in hexadecimal.", Required = true };
var keyAlgorithms = new Dictionary<string, PivAlgorithm>(StringComparer.Ordinal)
{
    ["3des"] = PivAlgorithm.TripleDes, ["aes128"] = PivAlgorithm.Aes128, ["aes192"] = PivAlgorithm.Aes192, ["aes256"] = PivAlgorithm.Aes256,
};
var keyAlgorithm = new Option<string>("--key-algorithm") { Description = "Algorithm of that key.", DefaultValueFactory = _ => "3des" }.AcceptOnlyFromAmong([.. keyAlgorithms.Keys]);
var driver = new Option<string>("--driver") { Description = "The card's family.", DefaultValueFactory = _ => CardDriver.StandardPiv.Name }
    .AcceptOnlyFromAmong([.. CardDriver.All.Select(d => d.Name)]);
var days = new Option<int>("--days") { Description = "Days until the certificates made now expire.", DefaultValueFactory = _ => 30 };
var adopt = new Command("adopt", "Take a PIV card into the demonstration. Its log-in and signature keys are made anew!")
{
    adoptReader, keyFile, keyAlgorithm, driver, algorithm, days, passcodeStdin, data,
};
adopt.SetAction((parsed, cancellation) => new AdoptRun(
    new AdoptOptions(
        parsed.GetRequiredValue(adoptReader), parsed.GetRequiredValue(keyFile), keyAlgorithms[parsed.GetValue(keyAlgorithm)!], CardDriver.ByName(parsed.GetValue(driver)!)!,
        algorithms[parsed.GetValue(algorithm)!], parsed.GetValue(days), parsed.GetValue(passcodeStdin), parsed.GetValue(data)!),
    Console.Out).Run(cancellation));

var noBrowser = new Option<bool>("--no-browser") { Description = "Open no browser and no windows; the page links to them." };
var demoPort = new Option<int?>("--port") { Description = "Port of the service on this computer." };
var demo = new Command("demo", "The demonstration: server, agent, virtual readers and sample cards, and a page with all of them.") { pcsc, noBrowser, demoPort, data, verbose };
demo.SetAction((parsed, cancellation) => new DemoRun(
    parsed.GetValue(pcsc), !parsed.GetValue(noBrowser), parsed.GetValue(demoPort), parsed.GetValue(data)!, parsed.GetValue(verbose)).Run(Console.Out, cancellation));

var cardFile = new Argument<string>("FILE") { Description = "Where the simulated card is stored; a blank one is made where there is none." };
var port = new Argument<int>("PORT") { Description = "Port of the virtual reader on this computer." };
var cards = new Command("cards", "Plug a simulated card into a virtual reader until Ctrl+C.") { cardFile, port };
cards.SetAction((parsed, cancellation) => PluggedCard.Run(parsed.GetRequiredValue(cardFile), parsed.GetValue(port), cancellation, Console.Out));

var root = new RootCommand("Evercard for development: server, agent and virtual cards on this computer. Never shipped.")
{
    demo, renew, repair, adopt, cards, RoleCommands.Server(), RoleCommands.Agent(), RoleCommands.Renewing(), TrayRole.Command(),
};
var parsedArguments = root.Parse(args);
var exitCode = await parsedArguments.InvokeAsync();

// 1 is a refusal.
const int WrongUsage = 2;
return parsedArguments.Errors.Count > 0 ? WrongUsage : exitCode;
