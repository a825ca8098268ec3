using System.Security.Cryptography;
using Evercard.Agent.Link;
using Evercard.Protocol;

namespace Evercard.Tests.Agent;

public sealed class DeviceKeyTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("evercard-key-").FullName, "agent");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public void It_is_made_once_and_found_again()
    {
        using var first = DeviceKey.Open(folder);
        using var again = DeviceKey.Open(folder);
        again.AgentId.ShouldBe(first.AgentId);
        first.AgentId.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(first.PublicKey.Span)));
    }

    [Fact]
    public void Only_its_user_can_read_it()
    {
        DeviceKey.Open(folder).Dispose();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Directory.GetFiles(folder).Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void It_signs_hellos()
    {
        using var key = DeviceKey.Open(folder);
        using var check = ECDsa.Create();
        check.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
        var statement = new HelloStatement(new byte[32], "https://care-identity.example", key.AgentId);
        check.VerifyData(statement.Encode(), key.Sign(statement), HashAlgorithmName.SHA256).ShouldBeTrue();
        check.VerifyData((statement with { ServerOrigin = "https://other.example" }).Encode(), key.Sign(statement), HashAlgorithmName.SHA256).ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_holds_no_key_is_not_replaced_silently()
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "device-key.p8"), "rubbish");
        Should.Throw<CryptographicException>(() => DeviceKey.Open(folder));
    }
}
