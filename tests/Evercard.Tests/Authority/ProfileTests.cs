using System.Text;
using Evercard.Authority.Profiles;

namespace Evercard.Tests.Authority;

public sealed class ProfileTests
{
    private const string Good = """
        {
          "name": "authentication", "issuer": "authentication", "subject": ["commonName", "serialNumber"], "validityLimitDays": 740,
          "keyAlgorithms": ["p256"], "keyUsage": ["digitalSignature"], "extendedKeyUsage": ["1.3.6.1.5.5.7.3.2"],
          "subjectAlternativeNames": ["upn"], "crlDistributionPoint": true, "authorityInformationAccess": true
        }
        """;

    public static byte[] GoodBytes => Encoding.UTF8.GetBytes(Good);

    [Fact]
    public void The_built_in_profiles_are_in_order() => ProfileFile.LoadAll(folder: null).Keys.Order().ShouldBe(["authentication", "signature"]);

    [Fact]
    public void A_good_profile_is_read() => Parse(Good).Name.ShouldBe("authentication");

    [Theory]
    [InlineData("\"validityLimitDays\": 740", "\"validityLimitDays\": 0", "validityLimitDays")]
    [InlineData("\"validityLimitDays\": 740,", "", "validityLimitDays")]
    [InlineData("\"name\"", "\"colour\": \"red\", \"name\"", "colour")]
    [InlineData("1.3.6.1.5.5.7.3.2", "clientAuth", "not an OID")]
    [InlineData("\"p256\"", "\"p257\"", "keyAlgorithms")]
    [InlineData("\"p256\"", "\"p256\", \"p256\"", "twice")]
    [InlineData("\"p256\"", "", "keyAlgorithms is empty")]
    [InlineData("\"digitalSignature\"", "", "keyUsage is empty")]
    [InlineData("[\"commonName\", \"serialNumber\"]", "[\"commonName\"]", "upn")]
    [InlineData("\"issuer\": \"authentication\"", "\"issuer\": \"root\"", "issuer")]
    [InlineData("[\"digitalSignature\"]", "null", "keyUsage")]
    [InlineData("\"digitalSignature\"", "99", "keyUsage names something that is not known")]
    [InlineData("[\"upn\"]", "[-1]", "subjectAlternativeNames names something")]
    [InlineData("[\"1.3.6.1.5.5.7.3.2\"]", "[null]", "not an OID")]
    [InlineData("{", "", "Profile sample.json")]
    public void A_wrong_profile_is_told_with_its_file_and_fault(string part, string instead, string fault)
    {
        var wrong = Good.Replace(part, instead);
        wrong.ShouldNotBe(Good);

        var refusal = Should.Throw<ProfileException>(() => Parse(wrong));

        refusal.Message.ShouldContain("sample.json");
        refusal.Message.ShouldContain(fault);
    }

    [Fact]
    public void A_folder_of_profiles_stands_in_for_the_built_in_ones()
    {
        var folder = Directory.CreateTempSubdirectory("evercard-profiles-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "authentication.json"), Good);
            Should.Throw<ProfileException>(() => ProfileFile.LoadAll(folder.FullName)).Message.ShouldContain("signature.json");

            File.WriteAllText(Path.Combine(folder.FullName, "signature.json"), Good);
            Should.Throw<ProfileException>(() => ProfileFile.LoadAll(folder.FullName)).Message.ShouldContain("its name is");

            File.WriteAllText(Path.Combine(folder.FullName, "signature.json"), Good.Replace("\"name\": \"authentication\"", "\"name\": \"signature\""));
            ProfileFile.LoadAll(folder.FullName)["authentication"].KeyAlgorithms.ShouldHaveSingleItem();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CertificateProfile Parse(string json) => ProfileFile.Parse("sample.json", Encoding.UTF8.GetBytes(json));
}
