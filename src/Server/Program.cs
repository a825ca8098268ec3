#pragma warning disable RS0030 // A program's help and its complaints about settings go to the terminal.
using System.Data.Common;
using Evercard.Authority;
using Evercard.Authority.Keys;
using Evercard.Lifecycle;
using Evercard.Server;
using Evercard.Server.Notifications;

const string Help = """
    evercard-server: the Care Identity Service, one node

      evercard-server --Address URL --Database CONNECTION --KeyFolder FOLDER --PassPhraseFile FILE --PublicationAddress URL [--Origin URL]
                       [--SmtpHost HOST --SmtpFrom ADDRESS] [--MessageFolder FOLDER]

      --Address             where it listens, e.g. http://localhost:5080
      --Origin              what agents are pinned to, where that differs: https behind a proxy
      --Database            connection string, e.g. "Data Source=/var/lib/evercard/evercard.db" (SQLite), or
                            "Host=db.example;Database=evercard;Username=evercard" (PostgreSQL, which several nodes may share). One with a
                            password stands in evercard.json or in EVERCARD_Database, and not on the command line
      --KeyFolder           key store of the certificate authority; made at first start
      --PassPhraseFile      file with its pass phrase, readable by this user alone
      --PublicationAddress  plain http address of CRLs and CA certificates; goes into every certificate

      --SmtpHost            mail server that tells cardholders by e-mail what was done with their smartcards
      --SmtpPort            587 where nothing is said
      --SmtpFrom            what they see as the sender
      --SmtpTls             yes where nothing is said (STARTTLS), or no
      --SmtpUser            where the mail server asks for a log-in, together with
      --SmtpPasswordFile    file with its password, readable by this user alone
      --MessageFolder       folder for text messages, one JSON file each, which a gateway takes away; for e-mails too, where there is no SmtpHost

    Each may also stand in evercard.json, or in an environment variable such as EVERCARD_Address.
    Ends with 0 when told to stop, 2 where a setting is missing or no good, 3 where the key store cannot be opened, 4 where the database
    cannot be.
    """;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Help);
    return 0;
}

var settings = new ConfigurationBuilder().AddJsonFile("evercard.json", optional: true).AddEnvironmentVariables("EVERCARD_").AddCommandLine(args).Build();
string[] needed = ["Address", "Database", "KeyFolder", "PassPhraseFile", "PublicationAddress"];
if (Array.Find(needed, name => string.IsNullOrWhiteSpace(settings[name])) is { } missing)
{
    await Console.Error.WriteLineAsync($"The setting {missing} is missing.\n\n{Help}");
    return 2;
}

if (!Uri.TryCreate(settings["PublicationAddress"], UriKind.Absolute, out var publication) || publication.Scheme != Uri.UriSchemeHttp)
{
    await Console.Error.WriteLineAsync("PublicationAddress is a plain http address: revocation must not depend on the TLS that it serves.");
    return 2;
}

if (Database.FindFault(settings["Database"]!) is { } fault)
{
    await Console.Error.WriteLineAsync($"The setting Database is no good. {fault}");
    return 2;
}

if (new ConfigurationBuilder().AddCommandLine(args).Build()["Database"] is { } seen && Database.HasPassword(seen))
{
    await Console.Error.WriteLineAsync("A password does not belong on the command line, where others on this computer see it: put the setting Database into evercard.json or EVERCARD_Database.");
    return 2;
}

try
{
    var app = await CareIdentity.Build(new ServerOptions
    {
        Address = settings["Address"]!,
        Origin = settings["Origin"],
        Database = settings["Database"]!,
        Notifications = NotificationOptions.Of(settings),
        Authority = new AuthorityOptions { KeyFolder = settings["KeyFolder"]!, PassPhraseFile = settings["PassPhraseFile"]!, BaseAddress = publication },
    });
    await app.RunAsync();
    return 0;
}
catch (KeyStoreException e)
{
    await Console.Error.WriteLineAsync($"The key store cannot be opened: {e.Message}");
    return 3;
}
catch (DbException e)
{
    await Console.Error.WriteLineAsync($"The database cannot be opened: {e.Message}");
    return 4;
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
