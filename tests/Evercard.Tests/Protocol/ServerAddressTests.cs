using Evercard.Protocol;

namespace Evercard.Tests.Protocol;

public class ServerAddressTests
{
    [Theory]
    [InlineData("https://care-identity.example")]
    [InlineData("wss://care-identity.example")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:5080")]
    public void These_may_be_dialled(string address) => ServerAddress.FindFault(address).ShouldBeNull();

    [Theory]
    [InlineData("http://care-identity.example")]
    [InlineData("ws://192.0.2.1")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://localhost.example")]
    [InlineData("ftp://localhost")]
    [InlineData("care-identity.example")]
    public void Plain_http_across_a_network_is_refused_and_so_is_anything_else(string address) => ServerAddress.FindFault(address).ShouldNotBeNull();
}
