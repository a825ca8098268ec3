using Evercard.Authority;
using Evercard.Server;

var settings = new ConfigurationBuilder().AddJsonFile("evercard.json", optional: true).AddEnvironmentVariables("EVERCARD_").AddCommandLine(args).Build();
string Needed(string name) => settings[name] ?? throw new InvalidOperationException($"The setting {name} is missing.");

var app = await CareIdentity.Build(new ServerOptions
{
    Address = Needed("Address"),
    Origin = settings["Origin"],
    Database = Needed("Database"),
    Authority = new AuthorityOptions
    {
        KeyFolder = Needed("KeyFolder"),
        PassPhraseFile = Needed("PassPhraseFile"),
        BaseAddress = new Uri(Needed("PublicationAddress")),
    },
});
await app.RunAsync();
