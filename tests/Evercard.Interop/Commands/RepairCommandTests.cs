using System.Text.Json;
using Evercard.Interop.Judged;
using Evercard.Interop.Support;

namespace Evercard.Interop.Commands;

/// <summary>`./run --repair` as people start it; other programs say whether the repaired card works.</summary>
[Collection(ReadersCollection.Name)]
public sealed class RepairCommandTests(VirtualReaders readers) : IDisposable
{
    private const string Success = "Success: smartcard repaired";
    private const string NewPasscode = "284617";
    private readonly string folder = Directory.CreateTempSubdirectory("evercard-repair-").FullName;

    [Fact]
    public async Task A_repair_is_told_in_lines_and_ends_with_success()
    {
        var told = (await Witness.Run(Repository.At("run"), ["--repair"])).ShouldSucceed();
        told.Output.TrimEnd().Split('\n')[^1].ShouldBe(Success, told.ToString());
    }

    [Fact]
    public async Task A_card_that_was_repaired_in_a_reader_signs_for_OpenSC_with_its_new_key_and_passcode_and_OpenSSL_believes_it()
    {
        // It takes the first two empty readers; cards that are kept for other tests may sit in some.
        var empty = readers.Pcsc.List().Where(one => !one.CardPresent).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var free = readers.All.Where(one => empty.Contains(one.Name)).ToList();
        await using var operators = new RunSample(readers, free[0]);
        await using var holders = new RunSample(readers, free[1]);
        var told = await Witness.Run(Repository.At("run"), ["--repair", "--pcsc", "--json", "--passcode-stdin"], $"739154\n{NewPasscode}\n");
        var json = JsonDocument.Parse(told.ShouldSucceed().Output).RootElement;
        json.GetProperty("result").GetString().ShouldBe(Success);
        json.GetProperty("reader").GetString().ShouldBe(holders.Reader);

        await RepairedCard.ShouldWork(holders.Reader, "Rosa Tanglewood", NewPasscode, "739154", folder);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
