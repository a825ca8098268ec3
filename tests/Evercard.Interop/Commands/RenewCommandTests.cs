using System.Text.Json;
using Evercard.Interop.Support;

namespace Evercard.Interop.Commands;

/// <summary>`./run --renew` as people start it.</summary>
[Collection(ReadersCollection.Name)]
public sealed class RenewCommandTests(VirtualReaders readers)
{
    [Fact]
    public async Task A_virtual_card_is_renewed_and_told_as_JSON() => ShouldTellRenewal(await Run(null, "--renew", "--json"));

    [Fact]
    public async Task A_renewal_is_told_in_lines_and_ends_with_success()
    {
        var told = (await Run(null, "--renew")).ShouldSucceed();
        told.Output.TrimEnd().Split('\n')[^1].ShouldBe("Success: certificate renewed for smartcard", told.ToString());
    }

    [Fact]
    public async Task A_card_in_a_reader_is_renewed_and_told_as_JSON()
    {
        await using var sample = new RunSample(readers, readers.All[2]);
        var told = await Run(null, "--renew", "--pcsc", "--json", "--reader", sample.Reader);
        ShouldTellRenewal(told).GetProperty("reader").GetString().ShouldBe(sample.Reader);
        (await Witness.Run("yubico-piv-tool", ["-r", sample.Reader, "-a", "status"])).ShouldSucceed().ShouldSay("Wren Holloway");
    }

    [Fact]
    public async Task A_malformed_passcode_uses_no_try_a_wrong_one_uses_one_and_the_right_one_still_works()
    {
        await using var sample = new RunSample(readers, readers.All[3]);
        string[] command = ["--renew", "--pcsc", "--json", "--passcode-stdin", "--reader", sample.Reader];

        ShouldTellRefusal(await Run("12ab\n", command), "PASSCODE-FORMAT");
        (await Witness.Run("yubico-piv-tool", ["-r", sample.Reader, "-a", "status"])).ShouldSucceed().ShouldSay("PIN tries left:\t3");

        ShouldTellRefusal(await Run("111111\n", command), "PASSCODE-WRONG").GetProperty("triesLeft").GetInt32().ShouldBe(2);
        (await Witness.Run("yubico-piv-tool", ["-r", sample.Reader, "-a", "status"])).ShouldSucceed().ShouldSay("PIN tries left:\t2");

        ShouldTellRenewal(await Run("739154\n", command));
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--renew", "--nonsense")]
    [InlineData("--renew", "--algorithm", "rsa1024")]
    public async Task Wrong_usage_is_told_apart_from_a_refusal(params string[] arguments) => (await Run(null, arguments)).ShouldEndWith(2);

    private static Task<Testimony> Run(string? stdin, params string[] arguments) => Witness.Run(Repository.At("run"), arguments, stdin);

    private static JsonElement ShouldTellRenewal(Testimony told)
    {
        var json = JsonDocument.Parse(told.ShouldSucceed().Output).RootElement;
        var steps = json.GetProperty("steps").EnumerateArray().ToList();
        steps.ShouldNotBeEmpty();
        steps.ShouldAllBe(step =>
            step.GetProperty("number").GetInt32() > 0 && step.GetProperty("text").GetString()!.Length > 0 && step.GetProperty("milliseconds").GetDouble() >= 0);
        var total = json.GetProperty("totalMilliseconds").GetDouble();
        json.GetProperty("cardMilliseconds").GetDouble().ShouldBeInRange(0, total);
        json.GetProperty("roundTrips").GetInt32().ShouldBeInRange(1, 6);
        var (before, after) = (json.GetProperty("oldNotAfter").GetDateTimeOffset(), json.GetProperty("newNotAfter").GetDateTimeOffset());
        after.ShouldBeGreaterThan(before.AddMonths(22));
        return json;
    }

    private static JsonElement ShouldTellRefusal(Testimony told, string code)
    {
        var json = JsonDocument.Parse(told.ShouldEndWith(1).Output).RootElement;
        json.GetProperty("code").GetString().ShouldBe(code, told.ToString());
        json.GetProperty("nextStep").GetString().ShouldNotBeNullOrEmpty();
        return json;
    }
}
