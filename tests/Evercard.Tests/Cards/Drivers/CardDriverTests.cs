using Evercard.Cards.Drivers;
using Evercard.Cards.Piv;

namespace Evercard.Tests.Cards.Drivers;

public sealed class CardDriverTests
{
    public static TheoryData<string> Names => [.. CardDriver.All.Select(driver => driver.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_driver_is_found_by_its_name_and_complete(string name)
    {
        var driver = CardDriver.ByName(name).ShouldNotBeNull();
        driver.Name.ShouldBe(name);
        foreach (var key in Enum.GetValues<KeyReference>())
        {
            driver.AlgorithmsOf(key).ShouldNotBeEmpty();
            driver.AlgorithmsOf(key).ShouldAllBe(algorithm => algorithm.IsAsymmetric() == (key != KeyReference.Administration));
        }
    }

    [Fact]
    public void An_unknown_name_has_no_driver() => CardDriver.ByName("Standard-PIV").ShouldBeNull();

    [Fact]
    public void A_standard_card_takes_no_new_administration_key()
    {
        CardDriver.StandardPiv.CanSetAdministrationKey.ShouldBeFalse();
        using var key = AdministrationKey.Random(PivAlgorithm.Aes256);
        Should.Throw<InvalidOperationException>(() => CardDriver.StandardPiv.SetAdministrationKey(key));
    }

    [Fact]
    public void A_Yubico_compatible_card_takes_a_new_administration_key()
    {
        using var key = AdministrationKey.Random(PivAlgorithm.TripleDes);
        Hex.Of(CardDriver.YubicoCompatible.SetAdministrationKey(key).ToBytes()).ShouldBe($"00 FF FF FF 1B 03 9B 18 {Hex.Of(key.Bytes)}");
    }
}
