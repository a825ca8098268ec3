using System.Security.Cryptography;
using Evercard.Agent;
using Evercard.Agent.CardScripts;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Drivers;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.DevHost.Renew;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Issuance;

namespace Evercard.DevHost.Adopt;

/// <summary>What `./run --adopt` was asked for.</summary>
/// <param name="Reader">The reader whose name contains this.</param>
/// <param name="KeyFile">File that holds 9B in hexadecimal: a key never stands on a command line.</param>
/// <param name="KeyAlgorithm">Algorithm of that 9B.</param>
/// <param name="Driver">The card's family.</param>
/// <param name="Algorithm">Of the keys that are made.</param>
/// <param name="DaysLeft">Expiry of the certificates that are made.</param>
/// <param name="PasscodeFromStandardInput">One line.</param>
/// <param name="Data">Folder that keeps the state.</param>
public sealed record AdoptOptions(
    string Reader, string KeyFile, PivAlgorithm KeyAlgorithm, CardDriver Driver, PivAlgorithm Algorithm, int DaysLeft, bool PasscodeFromStandardInput, string Data);

/// <summary>`./run --adopt`: takes a real PIV card into the demonstration, for the sample staff nurse. Both its keys are made anew.</summary>
internal sealed class AdoptRun(AdoptOptions options, TextWriter output)
{
    /// <returns>0 adopted, 1 refused.</returns>
    public async Task<int> Run(CancellationToken cancellation)
    {
        using var folder = DataFolder.Lasting(options.Data);
        using var readers = new PcscReaders();
        ReaderStatus? reader = null;
        try
        {
            reader = readers.List().FirstOrDefault(r => r.CardPresent && r.Name.Contains(options.Reader, StringComparison.OrdinalIgnoreCase));
        }
        catch (CardConnectionException)
        {
            // No smartcard service: there is no reader either.
        }

        if (reader is null)
        {
            return Refuse("There is no card in a reader of that name.", "Put the card in; ./dev/readers status or opensc-tool -l lists the readers.");
        }

        if (ReadKey() is not { } key)
        {
            return Refuse($"{options.KeyFile} does not hold a {options.KeyAlgorithm} key in hexadecimal.", "Write the card's administration key into it, and nothing else.");
        }

        using (key)
        {
            using var passcode = new TerminalPasscode(options.PasscodeFromStandardInput, TimeProvider.System);
            using var held = passcode.For(sampleCard: false);
            return held is null
                ? Refuse(AgentRefusals.PasscodeFormat.Title, AgentRefusals.PasscodeFormat.NextStep)
                : await Adopt(folder, readers, reader.Name, key, held, cancellation);
        }
    }

    private async Task<int> Adopt(
        DataFolder folder, PcscReaders readers, string reader, AdministrationKey key, HeldPasscode passcode, CancellationToken cancellation)
    {
        await using var running = await RunningNode.Start(
            new RunningOptions { Folder = folder, Readers = readers, LogLevel = LogLevel.Critical }, cancellation);
        try
        {
            using var connection = readers.Connect(reader);
            var outcome = await running.Samples.Adopt(
                SampleWard.Wren, connection, options.Driver, key, passcode, options.Algorithm, options.DaysLeft, cancellation);
            if (outcome is IssuanceOutcome.Refused no)
            {
                return Refuse(no.Refusal.Detail, no.Refusal.NextStep);
            }

            var issued = (IssuanceOutcome.Issued)outcome;
            await output.WriteLineAsync($"Adopted: smartcard {issued.SerialNumber} in {reader}, certificates until {Expiry.InWords(issued.NotAfter, TimeZoneInfo.Utc)}.");
            await output.WriteLineAsync($"Renew it with: ./run --renew --pcsc --reader \"{reader}\"");
            return 0;
        }
        catch (CardException e)
        {
            return Refuse(e.Message, "Check the administration key, its algorithm and the passcode. Nothing was tried twice.");
        }
        catch (Exception e) when (e is OrderRefusedException or AuthorityUnavailableException)
        {
            return Refuse(e.Message, "Nothing on the card has changed.");
        }
        catch (CardConnectionException e)
        {
            return Refuse(e.Message, "Put the card in and close other programs that use it.");
        }
    }

    private AdministrationKey? ReadKey()
    {
        byte[]? bytes = null;
        try
        {
            bytes = Convert.FromHexString(File.ReadAllText(options.KeyFile).Trim());
            return new AdministrationKey(options.KeyAlgorithm, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private int Refuse(string title, string nextStep)
    {
        output.WriteLine(title);
        output.WriteLine($"  {nextStep}");
        return 1;
    }
}
