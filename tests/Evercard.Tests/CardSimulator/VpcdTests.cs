using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Vpcd;

namespace Evercard.Tests.CardSimulator;

/// <summary>The card's side of vpcd's protocol, against a reader that this test plays.</summary>
public sealed class VpcdTests : IDisposable
{
    private readonly TcpListener _vpcd = new(IPAddress.Loopback, 0);
    private readonly SimulatedCard _card = SimulatedCard.CreateBlank(new CardModel());
    private readonly CancellationTokenSource _unplug = new(TimeSpan.FromSeconds(30));
    private readonly Task _plugged;

    public VpcdTests()
    {
        _vpcd.Start();
        _plugged = new VpcdEndpoint(_card, ((IPEndPoint)_vpcd.LocalEndpoint).Port).Run(_unplug.Token);
    }

    [Fact]
    public async Task The_card_answers_its_ATR_and_command_APDUs()
    {
        using var reader = await Accept();
        await Say(reader, "04");
        (await Hear(reader)).ShouldBe("3B888001504956544553543161");
        await Say(reader, "01");
        await Say(reader, TestCard.SelectPiv);
        (await Hear(reader)).ShouldEndWith("9000");
        await Say(reader, TestCard.VerifyFactory);
        (await Hear(reader)).ShouldBe("9000");
        await Say(reader, "02");
        await Say(reader, TestCard.AskTries);
        (await Hear(reader)).ShouldBe("6982");
        await Say(reader, "00A404");
        (await Hear(reader)).ShouldBe("6700");
    }

    [Fact]
    public async Task A_message_in_pieces_is_put_together()
    {
        using var reader = await Accept();
        await Say(reader, "01");
        foreach (var piece in new[] { "00", "0E00A4", "040009A00000030800", "001000" })
        {
            await reader.SendAsync(Convert.FromHexString(piece));
        }

        (await Hear(reader)).ShouldEndWith("9000");
    }

    [Fact]
    public async Task The_card_comes_back_to_a_reader_that_was_restarted()
    {
        (await Accept()).Dispose();
        using var reader = await Accept();
        await Say(reader, "04");
        (await Hear(reader)).ShouldStartWith("3B");
    }

    [Fact]
    public async Task A_power_cut_takes_the_card_out()
    {
        using var reader = await Accept();
        _card.CutAt(1, CutPoint.BeforeEffect);
        await Say(reader, "01");
        await Say(reader, TestCard.SelectPiv);
        (await reader.ReceiveAsync(new byte[1])).ShouldBe(0);
        await _plugged;
    }

    [Fact]
    public async Task Cancelling_takes_the_card_out()
    {
        using var reader = await Accept();
        await _unplug.CancelAsync();
        (await reader.ReceiveAsync(new byte[1])).ShouldBe(0);
        await _plugged;
        _card.HasPower.ShouldBeFalse();
    }

    public void Dispose()
    {
        _unplug.Cancel();
        _vpcd.Dispose();
        _unplug.Dispose();
    }

    private async Task<Socket> Accept() => await _vpcd.AcceptSocketAsync(_unplug.Token);

    private static async Task Say(Socket reader, string hex)
    {
        var body = Convert.FromHexString(hex);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)body.Length);
        // vpcd sends the two apart.
        await reader.SendAsync(length);
        await reader.SendAsync(body);
    }

    private async Task<string> Hear(Socket reader)
    {
        var length = await Receive(reader, 2);
        return Convert.ToHexString(await Receive(reader, BinaryPrimitives.ReadUInt16BigEndian(length)));
    }

    private async Task<byte[]> Receive(Socket reader, int count)
    {
        var bytes = new byte[count];
        for (var got = 0; got < count;)
        {
            got += await reader.ReceiveAsync(bytes.AsMemory(got), _unplug.Token);
        }

        return bytes;
    }
}
