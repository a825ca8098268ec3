using Evercard.Protocol;

namespace Evercard.Tests.Protocol;

public class HelloStatementTests
{
    [Theory]
    [InlineData("https://care-identity.example", "https://care-identity.example")]
    [InlineData("https://Care-Identity.example:443/x?y", "https://care-identity.example")]
    [InlineData("wss://care-identity.example/agent", "https://care-identity.example")]
    [InlineData("http://127.0.0.1:5080/", "http://127.0.0.1:5080")]
    [InlineData("ws://localhost:80", "http://localhost")]
    [InlineData("http://localhost:443", "http://localhost:443")]
    public void An_origin_is_scheme_host_and_port(string address, string origin) => HelloStatement.OriginOf(new Uri(address)).ShouldBe(origin);

    [Fact]
    public void Each_field_changes_what_is_signed_and_none_runs_into_the_next()
    {
        var one = new HelloStatement(new byte[32], "ab", "c");
        (one with { ServerOrigin = "a", AgentId = "bc" }).Encode().ShouldNotBe(one.Encode());
        (one with { Nonce = new byte[31] }).Encode().ShouldNotBe(one.Encode());
    }
}
