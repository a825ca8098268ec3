using System.Net;
using Evercard.Agent.Pages.Guard;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Agent.Pages;

public sealed class ProcNetTcpTests
{
    private const string Heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    private static readonly IPEndPoint Browser = new(IPAddress.Loopback, 40_000);
    private static readonly IPEndPoint Agent = new(IPAddress.Loopback, 35_960);

    [Fact]
    public void The_owner_of_the_other_end_is_found_and_not_that_of_this_end()
    {
        string[] lines =
        [
            Heading,
            "   0: 0100007F:8C78 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 1 1 0 20 4 30 10 -1",
            "   1: 0100007F:9C40 0100007F:8C78 01 00000000:00000000 00:00000000 00000000  1000        0 2 1 0 20 4 30 10 -1",
        ];
        ProcNetTcp.FindOwner(lines, Browser, Agent).ShouldBe(1000u);
        ProcNetTcp.FindOwner(lines, Agent, Browser).ShouldBe(0u);
        ProcNetTcp.FindOwner(lines, new IPEndPoint(IPAddress.Loopback, 40_001), Agent).ShouldBeNull();
    }

    [Fact]
    public void A_browser_with_an_IPv6_socket_is_found_too() => ProcNetTcp.FindOwner(
        ["1: 0000000000000000FFFF00000100007F:9C40 0000000000000000FFFF00000100007F:8C78 01 0:0 0:0 0 1001 0 2"], Browser, Agent).ShouldBe(1001u);

    [Fact]
    public void Any_address_port_and_user_are_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<(uint Address, ushort Port, uint Uid)>(),
        one =>
        {
            var local = new IPEndPoint(new IPAddress(BitConverter.GetBytes(one.Address)), one.Port);
            var line = $"7: {one.Address:X8}:{one.Port:X4} 0100007F:8C78 01 0:0 0:0 0 {one.Uid} 0 2";
            return ProcNetTcp.FindOwner([Heading, line], local, Agent) == one.Uid;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_else_stands_in_a_line_tells_of_nobody() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        lines => ProcNetTcp.FindOwner(lines.Select(line => line ?? ""), Browser, Agent) is null).QuickCheckThrowOnFailure();

    [Fact]
    public void The_own_user_is_the_one_that_makes_sockets()
    {
        ProcNetTcp.OwnUser(["Name:\tx", "Uid:\t1\t2\t3\t4"]).ShouldBe(4u);
        ProcNetTcp.OwnUser(["Uid:\t1\t2"]).ShouldBeNull();
        ProcNetTcp.OwnUser([]).ShouldBeNull();
    }
}
